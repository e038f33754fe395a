/** A point of a stroke, x to the right and y down. A glyph is about 0.7 wide and 1 high. */
export interface ControlPoint {
  readonly x: number;
  readonly y: number;
  /** Whether the stroke turns sharply here. */
  readonly corner: boolean;
}

/** One run of the pen: a smooth curve through its points, except at corners. */
export type Stroke = readonly ControlPoint[];

export type Glyph = readonly Stroke[];

/** The glyphs of each digit, by hand: x,y in hundredths of the height, ! after a corner; one string per stroke. */
const drawings: readonly (readonly (readonly string[])[])[] = [
  [
    ['40,0 14,14 3,50 14,87 38,100 62,86 70,50 58,13 36,1'],
    ['50,7 27,4 8,30 6,68 25,98 51,90 65,55 58,20 40,3'],
    ['34,2 12,24 8,70 30,100 52,76 52,28 33,1'],
  ],
  [
    ['30,0 30,50 30,100'],
    ['34,0 30,50 24,100'],
    ['10,22 32,0! 32,50 32,100'],
    ['10,20 32,0! 32,50 32,100', '8,100 58,100'],
  ],
  [
    ['6,24 20,4 45,2 60,20 50,47 25,76 2,98! 35,95 68,96'],
    ['8,20 30,0 58,14 54,45 28,80 10,95 2,85 14,77 36,88 55,97 74,90'],
    ['5,20 32,0 60,18 46,52 4,100! 66,100'],
  ],
  [
    ['6,12 30,0 54,12 50,34 24,46! 52,56 62,76 42,97 18,98 2,86'],
    ['5,3 58,2! 28,40! 55,52 60,78 36,100 4,88'],
    ['8,14 34,0 54,18 40,40 24,47 34,49 54,60 58,82 32,100 3,90'],
  ],
  [
    ['10,2 6,30 4,55! 35,56 68,52', '54,4 52,50 48,100'],
    ['50,0 25,32 0,64! 35,64 70,62', '50,0 50,50 50,100'],
    ['12,0 6,34 16,53 38,50 58,38', '60,2 55,50 50,100'],
  ],
  [
    ['62,2 18,3! 10,42! 36,38 60,56 56,84 30,100 3,90'],
    ['18,5 12,44! 40,40 60,62 50,90 24,100 2,90', '18,5 40,4 66,0'],
    ['60,4 36,4 20,14 17,36 38,46 56,66 46,93 20,99 4,88'],
  ],
  [
    ['50,0 24,20 7,52 8,84 30,100 54,86 52,62 32,54 12,68'],
    ['34,0 16,30 5,66 18,96 44,96 56,74 40,56 16,64 8,78'],
    ['58,12 42,0 20,14 6,50 10,86 34,100 58,84 54,60 30,54 10,70'],
  ],
  [
    ['2,6 30,4 62,3! 45,45 28,100'],
    ['2,6 30,4 64,2! 46,45 30,100', '16,53 60,49'],
    ['3,20 5,4! 32,7 62,2! 40,40 30,70 28,100'],
  ],
  [
    ['52,14 30,0 10,14 18,36 44,55 58,78 36,100 10,88 14,66 40,46 56,26 46,6'],
    ['34,46 12,32 14,8 36,0 56,12 54,34 34,46', '34,46 8,62 8,88 34,100 60,88 60,62 34,46'],
  ],
  [
    ['56,20 36,2 10,14 10,38 32,48 54,32 58,12! 56,50 50,100'],
    ['58,18 38,0 10,12 8,38 30,50 54,34 60,16 60,50 50,84 30,100 10,94'],
    ['54,10 28,2 6,24 18,46 44,36 58,8! 44,56 34,100'],
  ],
];

/** The glyphs that the generator knows: `glyphs[digit]`. */
export const glyphs: readonly (readonly Glyph[])[] = drawings.map((ways) =>
  ways.map((strokes) => strokes.map(stroke)),
);

export const MAX_POINTS = Math.max(...glyphs.flat().map((glyph) => glyph.flat().length));

function stroke(drawing: string): Stroke {
  return Array.from(drawing.matchAll(/(\d+),(\d+)(!?)/g), ([, x, y, corner]) => ({
    x: Number(x) / 100,
    y: Number(y) / 100,
    corner: corner === '!',
  }));
}
