import { Drive } from '@jupyterlab/services';
import * as React from 'react';
import type { Experiment } from '../api/types';
import type { IHere } from '../shell/here';
import { jobsIcon } from '../shell/icons';
import { changeJobs } from './changes';
import { addCommands } from './commands';
import { addFileCommand } from './files';
import { CommandIDs, JOBS } from './ids';
import { announceEnds, orNotice } from './notices';
import { DRIVE, openRecordsWithoutKernel } from './record';
import { saveWhenAsked } from './saving';
import { ISectionActions, JobsView } from './section';
import { StatusItem } from './statusitem';

/** The sidebar's part for jobs, the commands on them, and what JupyterLab shows of them elsewhere. */
export function addJobs(here: IHere): void {
  const { app, jobs, notebooks, panels, request, sections, settings, statusBar, stream, words } = here;
  const { serverSettings, contents } = app.serviceManager;
  const { trans } = words;
  contents.addDrive(new Drive({ name: DRIVE, apiEndpoint: 'azml/api/contents', serverSettings }));
  if (notebooks) {
    openRecordsWithoutKernel(notebooks, contents);
    saveWhenAsked(notebooks, contents, stream);
  }
  addCommands(here);
  addFileCommand(here);
  announceEnds(here);

  const run = (command: string) => (job: { name: string }) =>
    void app.commands.execute(command, { name: job.name });
  const show = (name: string) =>
    panels.has('job') ? panels.open('job', name) : void app.commands.execute(CommandIDs.follow, { name });
  const actions: ISectionActions = {
    open: run(CommandIDs.open),
    cancel: run(CommandIDs.cancel),
    show,
    change: (change, names) => void orNotice(() => changeJobs(here, change, names)),
    compare: names => void app.commands.execute('azml:compare-jobs', { names: [...names] })
  };
  const experiments = async () =>
    (await request<{ items: Experiment[] }>('experiments', { query: { limit: 1_000 } })).items.map(
      each => each.name
    );
  sections.add({
    id: JOBS,
    label: trans.__('Jobs'),
    caption: trans.__('Show the jobs of the Azure ML workspace'),
    icon: jobsIcon,
    rank: 10,
    render: () => React.createElement(JobsView, { model: jobs, actions, settings, experiments }),
    refresh: () => void jobs.refresh(),
    setVisible: isVisible => (jobs.isVisible = isVisible),
    forget: () => jobs.forget()
  });
  const menu = [
    'azml:open-job',
    CommandIDs.open,
    CommandIDs.runAgain,
    'azml:copy-link',
    CommandIDs.cancel,
    'azml:archive-job',
    'azml:delete-job'
  ];
  menu.forEach((command, rank) => app.contextMenu.addItem({ command, selector: '.azml-JobRow', rank }));
  chooseWhenSelected(here);
  statusBar?.registerStatusItem('jupyter-azml:status', {
    item: new StatusItem(jobs, app.commands, words),
    align: 'left',
    rank: 90
  });
}

/** Whoever selects a job, from wherever, wants to see it. */
function chooseWhenSelected({ jobs, sections }: IHere): void {
  let last: string | null = null;
  jobs.changed.connect(() => {
    const selected = jobs.selected?.name ?? null;
    if (selected !== null && selected !== last) {
      sections.choose(JOBS);
    }
    last = selected;
  });
}
