import * as React from 'react';
import { AzmlError } from '../api/errors';
import { Problem } from './notes';
import { useWords } from './words';

interface IProps {
  children: React.ReactNode;
}

/** What fails below it, say at an answer of a shape that nobody expects, takes nothing else down. */
export class Boundary extends React.Component<IProps, { error: AzmlError | null }> {
  static getDerivedStateFromError(reason: unknown): { error: AzmlError } {
    return { error: AzmlError.of(reason) };
  }

  override state = { error: null };

  override render(): React.ReactNode {
    const { error } = this.state;
    return error ? (
      <Failed error={error} onRetry={() => this.setState({ error: null })} />
    ) : (
      this.props.children
    );
  }
}

function Failed({ error, onRetry }: { error: AzmlError; onRetry: () => void }): React.ReactElement {
  const { trans } = useWords();
  return (
    <Problem error={error}>
      <button type="button" className="azml-Button" onClick={onRetry}>
        {trans.__('Try again')}
      </button>
    </Problem>
  );
}
