import * as React from 'react';
import { TextField } from './fields';
import { Pairs, PairsField, pairsOf, valuesOf } from './pairsfield';
import { useWords } from './words';

/** What people say of a thing, while it is typed. */
export class Described {
  description: string;
  pairs: Pairs;

  constructor(thing: { description: string; tags: Record<string, string> }) {
    this.description = thing.description;
    this.pairs = pairsOf(thing.tags);
  }

  get tags(): Record<string, string> {
    return valuesOf(this.pairs);
  }
}

export function DescribedFields({
  described,
  changed,
  children
}: {
  described: Described;
  changed: () => void;
  /** Between description and tags. */
  children?: React.ReactNode;
}): React.ReactElement {
  const { trans } = useWords();
  return (
    <>
      <TextField
        label={trans.__('Description')}
        value={described.description}
        isLong
        onChange={text => {
          described.description = text;
          changed();
        }}
      />
      {children}
      <PairsField
        label={trans.__('Tags')}
        value={described.pairs}
        onChange={pairs => {
          described.pairs = pairs;
          changed();
        }}
      />
    </>
  );
}
