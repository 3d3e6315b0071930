import { describe, expect, it } from 'vitest';
import type { Alert } from '../api/types';
import { Firing } from './firing';

const alert = (name: string): Alert =>
  ({ rule: { endpoint: 'churn', name }, state: 'firing', message: '' }) as Alert;

function begun() {
  let tell: (alerts: Alert[]) => void = () => undefined;
  const firing = new Firing({
    alerts: listener => {
      tell = listener;
      return { isDisposed: false, dispose: () => undefined };
    }
  });
  firing.listen();
  firing.listen();
  const news: string[] = [];
  firing.turned.connect((_, { began, ended }) => {
    news.push(...began.map(each => `+${each.rule.name}`), ...ended.map(each => `-${each.rule.name}`));
  });
  return { firing, news, tell: (...names: string[]) => tell(names.map(alert)) };
}

describe('alerts that fire', () => {
  it('are news when they begin and when they end, not when the page is opened', () => {
    const { firing, news, tell } = begun();
    tell('slow');
    expect(firing.of('churn')).toHaveLength(1);
    expect(news).toEqual([]);
    tell('slow', 'errors');
    tell('errors');
    expect(news).toEqual(['+errors', '-slow']);
  });

  it('are told again after a break of the connection, and are no news then', () => {
    const { news, tell } = begun();
    tell('slow');
    tell('slow');
    expect(news).toEqual([]);
  });

  it('of another workspace are no news', () => {
    const { firing, news, tell } = begun();
    tell('slow');
    firing.forget();
    tell('errors');
    expect(firing.alerts.map(each => each.rule.name)).toEqual(['errors']);
    expect(news).toEqual([]);
  });
});
