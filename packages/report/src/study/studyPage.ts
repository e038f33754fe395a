import { type Html, html } from '../html.js';
import { htmlPage } from '../htmlPage.js';
import { plain, withError, worded } from '../wording.js';
import type { Study, StudyPanel } from './study.js';
import { studyPlot } from './studyPlot.js';
import { besideKnown, studyTable } from './studyTable.js';

export function studyPage(study: Study, command: string): Html {
  const { title, truth, corrections, known, settings, panels } = study;
  return htmlPage({
    kicker: 'aimle · measured again',
    title,
    lead: html`<p class="lead">Truth: ${truth}.</p>`,
    main: [
      ...panels.map(section),
      html`<section><h2>What is compared</h2>
<ul>${corrections.map((correction) => html`<li>${correction}</li>`)}</ul>
<p>Known figures: ${known}. Next to each: the difference in combined standard errors.</p></section>
<section><h2>Settings</h2><dl class="settings">${Object.entries(settings).map(
        ([name, value]) =>
          html`<div><dt>${worded(name)}</dt><dd>${typeof value === 'number' ? plain(value) : value}</dd></div>`,
      )}</dl></section>
<section><h2>Run it again</h2><pre tabindex="0"><code>${command}</code></pre></section>`,
    ],
  });
}

function section(panel: StudyPanel): Html {
  const hasKnown = panel.curves.some(({ points }) => points.some(({ known }) => known !== null));
  return html`<section><h2>${panel.title}</h2>
<figure><div class="wide">${studyPlot(panel, 960, 400)}</div><div class="narrow">${studyPlot(panel, 360, 280)}</div>
<figcaption>${panel.caption} Bars: one standard error each way.${hasKnown && ' Diamonds: known figures.'}</figcaption></figure>
${table(panel)}${panel.levels.length > 0 && levels(panel)}</section>`;
}

function table(panel: StudyPanel): Html {
  const { corner, columns, rows } = studyTable(panel);
  return html`<div class="scroll"><table class="study">
<thead><tr><th scope="col">${corner}</th>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${rows.map(
    ({ label, cells }) =>
      html`<tr><th scope="row">${label}</th>${cells.map((cell) => html`<td>${cell && figure(cell)}</td>`)}</tr>`,
  )}</tbody>
</table></div>`;
}

function levels({ levels, yLabel }: StudyPanel): Html {
  return html`<div class="scroll"><table class="study">
<thead><tr><th scope="col"></th><th scope="col">${yLabel}</th></tr></thead>
<tbody>${levels.map((level) => html`<tr><th scope="row">${level.label}</th><td>${figure(level)}</td></tr>`)}</tbody>
</table></div>`;
}

function figure(cell: Parameters<typeof withError>[0] & Parameters<typeof besideKnown>[0]): Html {
  const known = besideKnown(cell);
  return html`${withError(cell)}${known !== null && html`<small>${known}</small>`}`;
}
