export interface ButtonOptions {
  readonly label: string;
  /** Whether this is the main action; default false. */
  readonly primary?: boolean;
  readonly onPress: () => void;
}

export interface Button {
  readonly element: HTMLButtonElement;
  label: string;
  disabled: boolean;
}

export function button({ label, primary = false, onPress }: ButtonOptions): Button {
  const element = document.createElement('button');
  element.type = 'button';
  element.className = primary ? 'aimle-button aimle-button-primary' : 'aimle-button';
  element.textContent = label;
  element.addEventListener('click', onPress);
  return {
    element,
    get label() {
      return element.textContent ?? '';
    },
    set label(text) {
      element.textContent = text;
    },
    get disabled() {
      return element.disabled;
    },
    set disabled(disabled) {
      element.disabled = disabled;
    },
  };
}
