import { AzmlError } from '../api/request';
import { orNotice } from '../ui/notice';
import type { IHere } from '../shell/here';
import { compareIcon } from './icon';

const MOST = 20;

export const CompareCommandIDs = { compare: 'azml:compare-jobs' } as const;

/** Jobs side by side in the main area; the panel's name is those of its jobs. */
export function addComparison(here: IHere): void {
  const { app, jobs, panels, request, words } = here;
  const { trans } = words;
  panels.add({
    id: 'compare',
    label: trans.__('Compare jobs'),
    icon: compareIcon,
    nameDescription: 'The names of two or more jobs, with commas between them',
    title: () => trans.__('Comparison'),
    load: async (name, place) => {
      const names = namesIn(name);
      if (names.length < 2) {
        throw tooFew(
          trans.__('There is nothing to compare one job with.'),
          trans.__('Choose two jobs or more.')
        );
      }
      const [React, { ComparisonView }, { ComparisonModel }, followed] = await Promise.all([
        import('react'),
        import('./view'),
        import('./model'),
        Promise.all(names.map(each => jobs.open(each, place)))
      ]);
      const model = new ComparisonModel(followed, request, words);
      place.setTitle(
        trans.__('Comparison'),
        followed.map(({ job }) => job.display_name || job.name).join('\n')
      );
      place.whenSeen(isSeen => {
        model.isSeen = isSeen;
        jobs.look(place, isSeen);
      });
      place.whenClosed(() => jobs.leave(place));
      const leaveOut = (left: string) => {
        place.close();
        panels.open('compare', names.filter(each => each !== left).join(','));
      };
      return React.createElement(ComparisonView, {
        model,
        openJob: job => panels.open('job', job),
        leaveOut: names.length > 2 ? leaveOut : null
      });
    }
  });
  app.commands.addCommand(CompareCommandIDs.compare, {
    label: trans.__('Compare jobs'),
    icon: compareIcon,
    describedBy: {
      args: {
        type: 'object',
        properties: {
          names: { type: 'array', items: { type: 'string' }, description: 'The names of two or more jobs' }
        },
        required: ['names']
      }
    },
    execute: args =>
      orNotice(async () => {
        const names = Array.isArray(args.names) ? args.names.map(String) : [];
        if (names.length > MOST) {
          throw tooFew(
            trans.__('%1 jobs are too many to compare.', names.length),
            trans.__('Choose %1 at most; or type %2 in a cell.', MOST, '%azml watch')
          );
        }
        panels.open('compare', namesIn(names.join(',')).join(','));
      })
  });
}

const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map(each => each.trim())
      .filter(Boolean)
  )
];

const tooFew = (message: string, hint: string) => new AzmlError('UsageError', message, hint);
