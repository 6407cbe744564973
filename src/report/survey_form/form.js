// Keeps what is typed in this browser, and saves it as a table of answers (docs/health-check.md).
'use strict';
const form = document.getElementById('form');
const asked = [...form.querySelectorAll('fieldset')];
const { set, version, round } = form.dataset;
const place = ['benefit-map-survey', set, version, round].join(':');
const said = document.getElementById('said');
const people = { name: document.getElementById('name'), role: document.getElementById('role') };
const noteOf = (field) => field.querySelector('textarea');
const chosen = (field) => field.querySelector('input:checked');

// Without a name, something has to keep the answers of one person together.
const randomWord = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return 'anonymous-' + [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
};
let nameless = randomWord();
let isUnsaved = false;

const state = () => ({
  nameless,
  name: people.name.value,
  role: people.role.value,
  answers: Object.fromEntries(
    asked.map((field) => [field.dataset.question, [chosen(field)?.value ?? '', noteOf(field).value]]),
  ),
});

// Whether the browser lets the page keep anything. Some do not, for files or in private windows.
const canKeep = (() => {
  try {
    localStorage.setItem(`${place}:try`, '1');
    localStorage.removeItem(`${place}:try`);
    return true;
  } catch {
    return false;
  }
})();

const keep = () => {
  isUnsaved = true;
  if (!canKeep) return;
  try {
    localStorage.setItem(place, JSON.stringify(state()));
  } catch {
    said.textContent = 'This browser has no room to keep what you type. Save the file before you close the page.';
  }
};

const show = () => {
  const done = asked.filter(chosen).length;
  document.getElementById('progress').textContent = `${done} of ${asked.length} answered`;
  for (const field of asked) field.querySelector('.clear').hidden = !chosen(field);
};

const bringBack = () => {
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(place));
  } catch {
    // What cannot be read is as good as nothing.
  }
  if (!kept || typeof kept !== 'object') return;
  if (typeof kept.nameless === 'string') nameless = kept.nameless;
  people.name.value = kept.name ?? '';
  people.role.value = kept.role ?? '';
  for (const field of asked) {
    const [value, note] = kept.answers?.[field.dataset.question] ?? ['', ''];
    for (const input of field.querySelectorAll('input')) input.checked = input.value === value;
    noteOf(field).value = note ?? '';
    field.querySelector('details').open = Boolean(note);
  }
  said.textContent = 'Your earlier answers are back.';
};

// A text that a spreadsheet would run as a formula gets an apostrophe, which `survey results` takes away again.
const cell = (text) => {
  const bare = text.replace(/^'+/, '');
  const mark = /^[=+\-@＝＋－＠]/.test(bare) || bare.trim() !== bare ? "'" : '';
  const whole = mark + text;
  return /[",;\r\n\t]/.test(whole) ? `"${whole.replaceAll('"', '""')}"` : whole;
};

const today = () => {
  const now = new Date();
  const two = (number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};

const table = () => {
  const person = people.name.value.trim() || nameless;
  const rows = asked.filter(chosen).map((field) => {
    const note = noteOf(field).value.trim();
    const role = people.role.value.trim();
    return [set, field.dataset.question, person, role, chosen(field).value, note, today(), round, version];
  });
  const head = ['set', 'question', 'respondent', 'role', 'answer', 'note', 'on', 'round', 'version'];
  return [head, ...rows].map((row) => row.map(cell).join(',') + '\n').join('');
};

const notesAlone = () => asked.filter((field) => !chosen(field) && noteOf(field).value.trim() !== '');

const save = () => {
  const count = asked.filter(chosen).length;
  if (count === 0) {
    said.textContent = 'Nothing is answered yet, so there is nothing to save. Answer at least one question.';
    return;
  }
  const alone = notesAlone();
  if (alone.length > 0) {
    said.textContent = 'A note needs an answer beside it. Choose one, such as "don\'t know", and save again.';
    alone[0].querySelector('input').focus();
    return;
  }
  const person = people.name.value.trim() || nameless;
  const slug = person.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([table()], { type: 'text/csv;charset=utf-8' }));
  link.download = ['answers', set, `round-${round}`, slug].filter(Boolean).join('-') + '.csv';
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  isUnsaved = false;
  said.textContent =
    `Saved ${count} of ${asked.length} answers as ${link.download}. ` + 'Send this file to the person who asked you.';
};

const forget = () => {
  if (!confirm('Delete all that you typed on this page?')) return;
  form.reset();
  nameless = randomWord();
  for (const field of asked) field.querySelector('details').open = false;
  try {
    localStorage.removeItem(place);
  } catch {
    // Nothing was kept.
  }
  isUnsaved = false;
  show();
  said.textContent = 'What you typed was deleted.';
};

if (canKeep) bringBack();
else {
  document.getElementById('kept').textContent =
    'Nothing is sent. This browser does not keep what you type: save the file before you close the page. ' +
    'Then send it to the person who asked you.';
}
show();
form.addEventListener('input', () => {
  keep();
  show();
});
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('click', (event) => {
  const button = event.target.closest('.clear');
  if (!button) return;
  const field = button.closest('fieldset');
  chosen(field).checked = false;
  keep();
  show();
  field.querySelector('input').focus();
});
document.getElementById('save').addEventListener('click', save);
document.getElementById('forget').addEventListener('click', forget);
addEventListener('beforeunload', (event) => {
  if (!canKeep && isUnsaved) event.preventDefault();
});
