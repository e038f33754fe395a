import { element } from './element.js';

export interface ButtonOptions {
  readonly label: string;
  /** Whether this is the main action; default false. */
  readonly primary?: boolean;
  readonly onPress: () => void;
}

export function button({ label, primary = false, onPress }: ButtonOptions): HTMLButtonElement {
  const className = primary ? 'aimle-button aimle-button-primary' : 'aimle-button';
  return element('button', { type: 'button', className, onclick: onPress }, label);
}
