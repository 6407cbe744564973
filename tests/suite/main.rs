//! Capability tests: one binary, a file a capability.

// Tests read and write files of their own, and set the environment of the programs that they run.
#![allow(clippy::disallowed_methods)]

mod answers;
mod appraise_command;
mod appraise_rules;
mod appraise_shown;
mod appraise_vectors;
mod appraise_workbook;
mod audit_page;
mod audits;
mod bad_input;
mod board_paper;
mod business_case;
mod challenge;
mod charts;
mod checks;
mod cli;
mod command_line;
mod completions;
mod coverage;
mod dates_in;
mod documents;
mod edit_effort;
mod edits;
mod endings;
mod examples;
mod exchange;
mod exchange_archi;
mod exchange_dot;
mod exchange_graphml;
mod exchange_in;
mod exchange_kumu;
mod exchange_signs;
mod facts_about_maps;
mod features;
mod first_map;
mod footers;
mod format_page;
mod formats;
mod formats_agree;
mod free_fields;
mod gates;
mod graphs;
mod greener;
mod greener_any;
mod greener_money;
mod greener_told;
mod hostile_files;
mod hostile_texts;
mod house_style;
mod import_safe;
mod json_file;
mod kinds_by_name;
mod kpi_definition;
mod large_maps;
mod layered;
mod libreoffice;
mod limits;
mod logframes_in;
mod measured_in;
mod method;
mod narrow_terminal;
mod next_step;
mod numbers_in;
mod odd_registers;
mod office_files;
mod one_spelling;
mod onto;
mod out_of_line;
mod own_themes;
mod packaging;
mod packs;
mod page_units;
mod petgraph_runs;
mod pictures;
mod plain_messages;
mod plain_words;
mod portfolio_example;
mod portfolio_faults;
mod portfolio_own;
mod portfolio_rule_pages;
mod portfolio_shown;
mod portfolios;
mod printed_commands;
mod profiles;
mod projects;
mod quoted_tables;
mod registers;
mod registers_in;
mod registers_out;
mod reports;
mod reviews;
mod rule_pages;
mod safe_outputs;
mod scoring;
mod seals;
mod second_appraisal;
mod second_opinion;
mod sessions;
mod several_maps;
mod shared_lines;
mod sheets;
mod signs;
mod slide_templates;
mod sound_figures;
mod status;
mod strength;
mod support;
mod survey;
mod survey_cli;
mod survey_form;
mod survey_in_documents;
mod survey_links;
mod survey_pictures;
mod survey_sets;
mod tables;
mod templates;
mod tidy;
mod tidy_markup;
mod tidy_pages;
mod titles;
mod tolerances;
mod tracking;
mod typed_over;
mod verdicts;
mod viewer;
#[cfg(feature = "web")]
mod viewer_page;
mod what_if;
mod whereabouts;
mod workbooks;
#[cfg(feature = "web")]
mod workshop;
#[cfg(feature = "web")]
mod workshop_attack;
mod workshop_begin_end;
#[cfg(feature = "web")]
mod workshop_begins;
mod workshop_board;
mod workshop_closes;
mod workshop_disk;
mod workshop_drafts;
mod workshop_firefox;
#[cfg(feature = "web")]
mod workshop_gestures;
#[cfg(feature = "web")]
mod workshop_guide;
mod workshop_habits;
mod workshop_health;
mod workshop_journal;
#[cfg(feature = "web")]
mod workshop_kills;
mod workshop_leftward;
mod workshop_look;
#[cfg(feature = "web")]
mod workshop_measured;
mod workshop_memory;
#[cfg(feature = "web")]
mod workshop_outbox;
mod workshop_outline;
mod workshop_page;
#[cfg(feature = "web")]
mod workshop_people;
mod workshop_record;
mod workshop_registers;
mod workshop_return;
#[cfg(feature = "web")]
mod workshop_security;
mod workshop_several;
#[cfg(feature = "web")]
mod workshop_tables;
mod workshop_together;
mod workshop_views;
mod workshop_what_if;
mod wrong_files;
