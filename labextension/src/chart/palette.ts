/**
 * Colours that people who see red and green alike can tell apart, after Okabe and Ito and after Paul Tol, made dark or
 * light enough for 3:1 on the ground. Past the last they come again with another dash.
 */
const LIGHT = ['#0072b2', '#d55e00', '#007a5a', '#aa4499', '#8f6b00', '#4d8fd1', '#882255', '#5f6368'];
const DARK = ['#56b4e9', '#ff9557', '#2fc99b', '#e79bd0', '#e6c84b', '#a3c9f5', '#ff8fa8', '#c3c7cc'];
const DASHES = [[], [7, 4], [2, 3], [8, 3, 2, 3]];

export interface ILook {
  colour: string;
  dash: number[];
}

export function lookOfLine(index: number, isDark: boolean): ILook {
  const colours = isDark ? DARK : LIGHT;
  return {
    colour: colours[index % colours.length],
    dash: DASHES[Math.floor(index / colours.length) % DASHES.length]
  };
}

/** Whether text is lighter than what it stands on: hosts say so in many ways, and colours do not lie. */
export function isDark(element: Element): boolean {
  const [red, green, blue] = getComputedStyle(element)
    .color.match(/[\d.]+/g)
    ?.map(Number) ?? [0, 0, 0];
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140;
}
