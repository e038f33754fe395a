import { lossFigure, metricFigure, observationFigures } from './curves.js';
import { type Html, html } from './html.js';
import { htmlPage } from './htmlPage.js';
import { numbersTable, secondsOf, stepsOf } from './numbers.js';
import { picture } from './picture.js';
import type { ReportedRun } from './reportedRun.js';
import { troubleOf } from './trouble.js';
import { differences, valueText } from './variants.js';
import { duration, plain, worded } from './wording.js';

export function page(runs: readonly ReportedRun[]): Html {
  const several = runs.length > 1;
  const tasks = [...new Set(runs.map(({ record }) => record.task))];
  return htmlPage({
    kicker: several ? `aimle · ${runs.length} runs compared` : `aimle run · ${dayOf(runs[0]!)}`,
    title: titleOf(runs),
    lead: several
      ? html`<ul class="lead">${runs.map((run) => html`<li><b>${run.name}</b>: ${sentence(run)}${trouble(run)}</li>`)}</ul>`
      : html`<p class="lead">${sentence(runs[0]!)}</p>${trouble(runs[0]!)}`,
    // Numbers of different tasks have nothing in common, so each task has its part.
    main: tasks.map((task) => {
      const own = runs.filter(({ record }) => record.task === task);
      return html`${tasks.length > 1 && html`<h2 class="part">${own[0]!.record.title}</h2>`}${partOf(own, several)}`;
    }),
    footer: html`<p class="note">Made by <code>aimle report</code> from ${runs.map(({ name }) => name).join(', ')}.</p>`,
  });
}

/** The sections about the runs of one task. */
function partOf(runs: readonly ReportedRun[], several: boolean): Html[] {
  const loss = lossFigure(runs);
  const metric = metricFigure(runs);
  const observed = observationFigures(runs);
  const charts = [loss, metric, ...observed].filter((figure) => figure !== null);
  return [
    ...(runs.length > 1 ? [differencesTable(runs)] : []),
    html`<section><h2>Numbers</h2>${numbersTable(runs)}</section>`,
    html`<section><h2>Training</h2>
${charts.length > 0 ? html`<div class="pair">${charts}</div>` : html`<p class="note">No step was logged yet.</p>`}</section>`,
    ...runs
      .filter(({ figures }) => figures.length > 0)
      .map(
        ({ name, figures }) =>
          html`<section><h2>${several ? `Pictures of ${name}` : 'Pictures'}</h2>${figures.map((figure) => picture(figure, name))}</section>`,
      ),
    settingsSection(runs),
  ];
}

function trouble(run: ReportedRun): Html | null {
  const text = troubleOf(run);
  return text === null ? null : html`<p class="trouble">${text}</p>`;
}

function titleOf(runs: readonly ReportedRun[]): string {
  const tasks = [...new Set(runs.map(({ record }) => record.title))];
  const methods = [...new Set(runs.map((run) => methodOf(run)).filter((method) => method !== null))];
  return `${tasks.join(' and ')}${methods.length > 0 ? ` by ${methods.join(', ')}` : ''}`;
}

function methodOf({ record }: ReportedRun): string | null {
  return typeof record.config['method'] === 'string' ? worded(record.config['method'], record.titles) : null;
}

/** Describes the run in one sentence, followed by the session's sentence about its data. */
function sentence(run: ReportedRun): string {
  const { config, engine, titles } = run.record;
  const how = [
    config['method'] === 'aimle' &&
      typeof config['difference'] === 'string' &&
      `${config['difference']} difference`,
    typeof config['samples'] === 'number' &&
      `${config['samples']} ${config['samples'] === 1 ? 'sample' : 'samples'}`,
    typeof config['noise'] === 'string' &&
      config['noise'] !== 'none' &&
      `${worded(config['noise'], titles)} noise`,
  ].filter((part) => part !== false);
  const method = methodOf(run);
  const by = method === null ? '' : ` with ${method}${how.length > 0 ? ` (${how.join(', ')})` : ''}`;
  const resumed = run.record.resumed.length > 0 ? `, resumed ${times(run.record.resumed.length)}` : '';
  return (
    `Trained${by} for ${plain(stepsOf(run))} steps in ${duration(secondsOf(run))} on the ${engine.name} engine, ` +
    `seed ${config['seed']}${resumed}. ${run.data === null ? '' : `Data: ${run.data.replace(/\.$/, '')}.`}`
  ).trim();
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

function dayOf({ record }: ReportedRun): string {
  const date = new Date(record.time);
  return Number.isNaN(date.getTime())
    ? ''
    : date.toLocaleDateString('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
}

function differencesTable(runs: readonly ReportedRun[]): Html {
  const differ = [
    ...differences(runs),
    ...(runs.some((run) => run.record.config['seed'] !== runs[0]!.record.config['seed']) ? ['seed'] : []),
  ];
  const { titles } = runs[0]!.record;
  return html`<section><h2>What differs</h2>${
    differ.length === 0
      ? html`<p class="note">Nothing: all settings are the same.</p>`
      : html`<div class="scroll"><table>
<thead><tr><th scope="col">run</th>${differ.map((setting) => html`<th scope="col">${worded(setting, titles)}</th>`)}</tr></thead>
<tbody>${runs.map((run) => html`<tr><th scope="row">${run.name}</th>${differ.map((setting) => html`<td>${valueText(run, setting)}</td>`)}</tr>`)}</tbody>
</table></div>`
  }</section>`;
}

/** The settings that all runs share and read, and the commands. */
function settingsSection(runs: readonly ReportedRun[]): Html {
  const [first] = runs as [ReportedRun];
  const several = runs.length > 1;
  const differ = new Set([...differences(runs), ...(several ? ['seed'] : [])]);
  const shared = Object.keys(first.record.config).filter(
    (setting) => !differ.has(setting) && !first.record.unread?.includes(setting),
  );
  const entries = shared.map(
    (setting) =>
      html`<div><dt>${worded(setting, first.record.titles)}</dt><dd>${valueText(first, setting)}</dd></div>`,
  );
  return html`<section><h2>${several ? 'Settings in common' : 'Settings'}</h2><dl class="settings">${entries}</dl>
${runs.map((run) => again(run, several))}</section>`;
}

function again({ name, record }: ReportedRun, several: boolean): Html {
  const versions = [
    `engine ${record.engine.name} ${record.engine.version}, ${record.engine.threads} ${record.engine.threads === 1 ? 'thread' : 'threads'}`,
    ...Object.entries(record.versions).map(([what, version]) => `${what} ${version}`),
  ];
  return html`<h2>${several ? `${name} again` : 'Run it again'}</h2>
${record.command !== null && html`<pre tabindex="0"><code>${record.command}</code></pre>`}
<p class="note">${record.preset !== null && `Preset ${record.preset}. `}${record.init !== undefined && `Began with the weights of ${record.init}. `}Made with ${versions.join('; ')}.</p>`;
}
