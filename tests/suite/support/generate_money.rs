//! Costs, values and appraisals for generated maps: every field in use.

use benefit_map::map::{
    Appraisal, AppraisalOption, Beneficiary, BenefitClass, BenefitValue, Confidence, Cost, CostKind, Deflator,
    Difference, Gains, IncomeGroup, Multiplier, NodeId, OptimismBias, OptionId, OptionKind, PriceBasis, PriceIndex,
    Range, RateBand, SourcedShare, Timing, Weights, YearAmount,
};
use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::generate::{number, share, some_text, text};

fn range() -> impl Strategy<Value = Range> {
    (of(number()), of(number())).prop_map(|(low, high)| Range::new(low, high))
}

fn sourced() -> BoxedStrategy<SourcedShare> {
    (share(), text())
        .prop_map(|(share, source)| SourcedShare::new(share, source))
        .boxed()
}

/// A cost, of no option in particular.
pub fn cost() -> BoxedStrategy<Cost> {
    let bias = (number(), text(), of(share()), text()).prop_map(|(percent, of_type, mitigation, reason)| {
        let mut made = OptimismBias::new(percent);
        made.of_type = of_type;
        made.mitigation = mitigation;
        made.reason = reason;
        made
    });
    let more = (
        of(select(CostKind::ALL)),
        text(),
        of(select(PriceBasis::ALL)),
        of(bias),
        of(range()),
        of(select(Timing::ALL)),
    )
        .boxed();
    (some_text(), number(), text(), of(more))
        .prop_map(|(year, amount, cost_centre, more)| {
            let mut made = Cost::new(year, amount);
            made.cost_centre = cost_centre;
            if let Some((kind, until, basis, bias, range, timing)) = more {
                made.kind = kind;
                made.until = until;
                made.basis = basis;
                made.optimism_bias = bias;
                made.range = range;
                made.timing = timing;
            }
            made
        })
        .boxed()
}

/// What a benefit is worth.
pub fn value() -> BoxedStrategy<BenefitValue> {
    let amount = (some_text(), number()).prop_map(|(year, amount)| YearAmount::new(year, amount));
    let group = (some_text(), share(), text()).prop_map(|(group, share, source)| {
        let mut made = Beneficiary::new(group, share);
        made.source = source;
        made
    });
    let multiplier = (number(), text()).prop_map(|(factor, source)| Multiplier::new(factor, source));
    (
        (
            of(select(BenefitClass::ALL)),
            of(select(Gains::ALL)),
            of(select(Confidence::ALL)),
        ),
        (of(number()), vec(amount, 0..3)),
        (text(), text(), text(), text()),
        (of(select(PriceBasis::ALL)), of(select(Timing::ALL)), of(range())),
        (
            of(sourced()),
            of(sourced()),
            of(sourced()),
            of(sourced()),
            of(sourced()),
            of(sourced()),
        ),
        (of(multiplier), of(0u16..=1200), vec(share(), 0..4), vec(group, 0..3)),
    )
        .prop_map(
            |((class, gains, confidence), (unit_value, amounts), texts, (basis, timing, range), shares, rest)| {
                let mut made = BenefitValue::default();
                (made.class, made.gains, made.confidence) = (class, gains, confidence);
                (made.unit_value, made.amounts) = (unit_value, amounts);
                (made.source, made.price_year, made.from, made.until) = texts;
                (made.basis, made.timing, made.range) = (basis, timing, range);
                (made.deadweight, made.leakage, made.displacement) = (shares.0, shares.1, shares.2);
                (made.substitution, made.attribution, made.drop_off) = (shares.3, shares.4, shares.5);
                (made.multiplier, made.delay, made.build_up, made.beneficiaries) = rest;
                made
            },
        )
        .boxed()
}

/// An appraisal of a map with those nodes.
pub fn appraisal(nodes: &[NodeId]) -> BoxedStrategy<Appraisal> {
    let band = (0u16..=1000, of(0u16..=1000), share()).prop_map(|(from, to, rate)| RateBand::new(from, to, rate));
    let index = (some_text(), number()).prop_map(|(year, level)| PriceIndex::new(year, level));
    let deflator = (text(), vec(index, 0..3)).prop_map(|(source, index)| {
        let mut made = Deflator::default();
        made.source = source;
        made.index = index;
        made
    });
    let group = (some_text(), of(number()), of(number())).prop_map(|(name, income, weight)| {
        let mut made = IncomeGroup::new(name);
        (made.income, made.weight) = (income, weight);
        made
    });
    let weights = (text(), of(number()), of(number()), vec(group, 0..3));
    let weights = weights.prop_map(|(source, median_income, elasticity, groups)| {
        let mut made = Weights::default();
        (made.source, made.groups) = (source, groups);
        (made.median_income, made.elasticity) = (median_income, elasticity);
        made
    });
    let difference = (some_text(), number(), text()).prop_map(|(of, factor, reason)| {
        let mut made = Difference::new(of, factor);
        made.reason = reason;
        made
    });
    let option = (
        of(select(OptionKind::ALL)),
        text(),
        subsequence(nodes.to_vec(), 0..=nodes.len()).prop_shuffle(),
        vec(difference, 0..3),
    );
    (
        (some_text(), text(), some_text(), text()),
        (of(1u16..=12), of(select(Timing::ALL))),
        vec(band, 0..3),
        (of(deflator), of(weights)),
        vec(option, 0..3),
    )
        .prop_map(
            |((base_year, price_year, end, rates), (first_month, timing), bands, (deflator, weights), options)| {
                let mut made = Appraisal::new(base_year, end);
                (made.price_year, made.rates) = (price_year, rates);
                (made.first_month, made.timing) = (first_month, timing);
                (made.bands, made.deflator, made.weights) = (bands, deflator, weights);
                for (nth, (kind, title, nodes, differences)) in options.into_iter().enumerate() {
                    let mut option = AppraisalOption::new(OptionId::new(format!("option-{nth}")).unwrap());
                    (option.kind, option.title) = (kind, title);
                    (option.nodes, option.differences) = (nodes, differences);
                    made.options.push(option);
                }
                made
            },
        )
        .boxed()
}

/// Costs of a map that has an appraisal may belong to one of its options.
pub fn settle(appraisal: Option<&Appraisal>, costs: &mut [Cost]) {
    let options = appraisal.map_or(&[][..], |appraisal| appraisal.options.as_slice());
    for (cost, option) in costs.iter_mut().step_by(2).zip(options) {
        cost.option = Some(option.id.clone());
    }
}
