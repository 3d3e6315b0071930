import { beforeEach, describe, expect, it } from 'vitest';
import { jobsIcon } from './icons';
import { ISection, Sections } from './sections';

describe('Sections', () => {
  let told: string[];
  let sections: Sections;
  const section = (id: string, rank: number): ISection => ({
    id,
    label: id,
    caption: id,
    icon: jobsIcon,
    rank,
    render: () => null,
    refresh: () => undefined,
    setVisible: isVisible => void told.push(`${id} ${isVisible}`)
  });

  beforeEach(() => {
    told = [];
    sections = new Sections();
    sections.add(section('data', 20));
    sections.add(section('jobs', 10));
  });

  it('stand in the order of their ranks, the first shown', () => {
    expect(sections.all.map(each => each.id)).toEqual(['jobs', 'data']);
    expect(sections.shown?.id).toBe('jobs');
  });

  it('know whether they are seen: one at a time, none while the sidebar is hidden', () => {
    expect(told).toEqual([]);
    sections.isVisible = true;
    sections.choose('data');
    sections.isVisible = false;
    sections.choose('jobs');
    expect(told).toEqual(['jobs true', 'jobs false', 'data true', 'data false']);
  });

  it('show the first when the one that was shown is taken away', () => {
    const models = sections.add(section('models', 30));
    sections.isVisible = true;
    sections.choose('models');
    told = [];
    models.dispose();
    expect(sections.shown?.id).toBe('jobs');
    expect(told).toEqual(['models false', 'jobs true']);
  });

  it('keep what is shown when one of that name comes later', () => {
    sections.choose('late');
    expect(sections.shown?.id).toBe('jobs');
    sections.add(section('late', 90));
    expect(sections.shown?.id).toBe('late');
  });
});
