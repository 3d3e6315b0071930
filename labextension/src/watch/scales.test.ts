import { describe, expect, it } from 'vitest';
import { aPanel } from '../testing/panel';
import { brushed, parallelAxes } from './scales';

const { jobs } = aPanel();
const axes = parallelAxes(jobs, 'loss', 'last', String);

describe('parallelAxes', () => {
  it('has one for each parameter that differs, and the metric', () => {
    expect(axes.map(axis => axis.id)).toEqual(['p:lr', 'p:opt', 'm:loss']);
  });

  it('takes powers of ten for what spans them', () => {
    expect(axes[0].places.get('a')).toBeCloseTo(0.5);
    expect(axes[0].labels.map(each => Number(each.text).toFixed(4))).toEqual(['0.0100', '0.1000', '1.0000']);
  });

  it('places words one above the other, and leaves out what is missing', () => {
    expect([...axes[1].places]).toEqual([
      ['a', 0],
      ['b', 1]
    ]);
    expect(axes[2].places.has('c')).toBe(false);
  });
});

describe('brushed', () => {
  it('lets through what every brush lets through', () => {
    expect([...brushed(jobs, axes, {})]).toEqual(['a', 'b', 'c']);
    expect([...brushed(jobs, axes, { 'p:lr': [0.4, 1] })]).toEqual(['a', 'c']);
    expect([...brushed(jobs, axes, { 'p:lr': [0.4, 1], 'm:loss': [0, 1] })]).toEqual(['a']);
    expect([...brushed(jobs, axes, { 'p:gone': [0, 0] })]).toEqual(['a', 'b', 'c']);
  });
});
