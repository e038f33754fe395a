import type { JsonValue } from '@aimle/training';
import { lossFigure, observationFigures } from './curves.js';
import { type Html, html } from './html.js';
import { htmlPage } from './htmlPage.js';
import { numbersTable, secondsOf, stepsOf } from './numbers.js';
import { picture } from './picture.js';
import type { ReportedRun } from './reportedRun.js';
import { duration, plain, worded } from './wording.js';

export function page(runs: readonly ReportedRun[]): Html {
  const several = runs.length > 1;
  const loss = lossFigure(runs);
  const observed = observationFigures(runs);
  return htmlPage({
    kicker: several ? `aimle · ${runs.length} runs compared` : `aimle run · ${dayOf(runs[0]!)}`,
    title: titleOf(runs),
    lead: several
      ? html`<ul class="lead">${runs.map((run) => html`<li><b>${run.name}</b>: ${sentence(run)}</li>`)}</ul>`
      : html`<p class="lead">${sentence(runs[0]!)}</p>`,
    main: [
      html`<section><h2>Numbers</h2>${numbersTable(runs)}</section>`,
      html`<section><h2>Training</h2>
${loss ?? html`<p class="note">No step was logged yet.</p>`}
${observed.length > 0 && html`<div class="pair">${observed}</div>`}</section>`,
      ...runs
        .filter(({ figures }) => figures.length > 0)
        .map(
          ({ name, figures }) =>
            html`<section><h2>${several ? `Pictures of ${name}` : 'Pictures'}</h2>${figures.map((figure) => picture(figure, name))}</section>`,
        ),
      ...runs.map((run) => settings(run, several)),
    ],
    footer: html`<p class="note">Made by <code>aimle report</code> from ${runs.map(({ name }) => name).join(', ')}.</p>`,
  });
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

function settingText(value: JsonValue, titles: Readonly<Record<string, string>> | undefined): string {
  if (typeof value === 'string') return /^[a-z0-9-]+$/.test(value) ? worded(value, titles) : value; // others are paths
  if (typeof value === 'number') return plain(value);
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value);
}

function settings({ name, record }: ReportedRun, several: boolean): Html {
  const entries = Object.entries(record.config).map(
    ([setting, value]) =>
      html`<div><dt>${worded(setting, record.titles)}</dt><dd>${settingText(value, record.titles)}</dd></div>`,
  );
  const versions = [
    `engine ${record.engine.name} ${record.engine.version}, ${record.engine.threads} ${record.engine.threads === 1 ? 'thread' : 'threads'}`,
    ...Object.entries(record.versions).map(([what, version]) => `${what} ${version}`),
  ];
  return html`<section><h2>${several ? `Settings of ${name}` : 'Settings'}</h2><dl class="settings">${entries}</dl>
<h2>${several ? `${name} again` : 'Run it again'}</h2>
${record.command !== null && html`<pre tabindex="0"><code>${record.command}</code></pre>`}
<p class="note">${record.preset !== null && `Preset ${record.preset}. `}Made with ${versions.join('; ')}.</p></section>`;
}
