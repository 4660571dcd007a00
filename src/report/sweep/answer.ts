import { differenceBetween, type SweepResult, type VariantResult } from '../../experiment/sweep-result.js';
import { exp } from '../../random/exp.js';
import { ln } from '../../random/ln.js';
import { type Factor, factorsOf, levelOf, seriesAlong } from './factor.js';
import { plain, withError } from './number-text.js';

type SweptFigure = SweepResult['figures'][number];

/** Figures spoken of. */
const FIGURES_TOLD = 4;
/** A gain below this share is not worth telling apart from none. */
const SMALL = 0.01;

/** What the sweep found, in sentences: nothing is said to differ where the interval of the difference holds zero. */
export function answer(result: SweepResult): string {
  const figures = result.figures.slice(0, FIGURES_TOLD);
  const told = figures.flatMap((figure, index) => {
    const variants = result.variants.filter(({ figures: own }) => own[figure.name]!.values.length > 0);
    if (variants.length === 0) return [`No run has ${figure.name}.`];
    return index === 0 ? aboutFirst(result, figure, variants) : aboutOther(result, figure, figures[0]!, variants);
  });
  return [...told, ...aboutMissing(result, figures), ...aboutFailed(result)].join(' ');
}

function aboutFirst(result: SweepResult, figure: SweptFigure, variants: readonly VariantResult[]): string[] {
  const [best, worst] = ends(figure, variants);
  if (variants.length === 1) return [`${figure.name} is ${valueText(figure, best!)}.`];
  const difference = differenceBetween(result, worst!.variant, best!.variant, figure.name);
  if (difference === undefined || difference.direction === 'unclear')
    return [
      `No difference in ${figure.name} is shown between the variants: it is ${valueText(figure, best!)} with ${best!.label} and ${valueText(figure, worst!)} with ${worst!.label}.`,
    ];
  const extreme = figure.better === 'less' ? 'least' : 'most';
  const sentences = [
    `${figure.name} is ${extreme} with ${best!.label}, ${valueText(figure, best!)}, and ${figure.better === 'less' ? 'most' : 'least'} with ${worst!.label}, ${valueText(figure, worst!)}: ${ratioText(best!, worst!, figure)}.`,
  ];
  const factor = factorsOf(result)[0];
  if (factor?.isNumeric === true && factor.levels.length > 2)
    for (const { label, variants: along } of seriesAlong(factor, result))
      if (along.includes(best!))
        sentences.push(
          ...aboutSteps(
            result,
            figure,
            factor,
            along.filter((one) => variants.includes(one)),
            label,
          ),
        );
  return sentences;
}

/** Where along a numeric factor the gain is had, and from where on there is none. */
function aboutSteps(
  result: SweepResult,
  figure: SweptFigure,
  factor: Factor,
  along: readonly VariantResult[],
  label: string,
): string[] {
  if (along.length < 3) return [];
  const where = label === '' ? '' : ` (${label})`;
  const best = ends(figure, along)[0]!;
  const enough = along.find((variant) => variant === best || isNoWorse(result, figure, variant, best))!;
  const steps = along
    .slice(1)
    .map((variant, index) => ({ from: along[index]!, to: variant, change: relative(along[index]!, variant, figure) }));
  const largest = steps.reduce((most, step) => (Math.abs(step.change) > Math.abs(most.change) ? step : most));
  const sentences = [
    `Going from ${factor.name} ${levelOf(factor, along[0]!)} to ${levelOf(factor, along.at(-1)!)}${where}, the largest step is from ${levelOf(factor, largest.from)} to ${levelOf(factor, largest.to)}: ${percent(largest.change)}.`,
  ];
  if (enough !== best && along.indexOf(enough) < along.indexOf(best))
    sentences.push(
      `${factor.name} ${levelOf(factor, enough)} is enough: no more than ${plain(SMALL * 100)} % is gained beyond it.`,
    );
  const growth = growthText(figure, factor, along);
  return growth === undefined ? sentences : [...sentences, growth];
}

/** How the figure grows with the factor, as a power of it between the two ends. */
function growthText(figure: SweptFigure, factor: Factor, along: readonly VariantResult[]): string | undefined {
  const [first, last] = [along[0]!, along.at(-1)!];
  const number = (variant: VariantResult): number =>
    factor.levels.find(({ text }) => text === levelOf(factor, variant))!.number;
  const [x0, x1] = [number(first), number(last)];
  const [y0, y1] = [first.figures[figure.name]!.mean, last.figures[figure.name]!.mean];
  if (!(x0 > 0 && x1 > x0 && y0 > 0 && y1 > 0)) return undefined;
  const power = ln(y1 / y0) / ln(x1 / x0);
  const perDoubling = exp(power * ln(2));
  return `Over the whole way twice the ${factor.name} makes ${plain(perDoubling)} times the ${figure.name}.`;
}

function isNoWorse(result: SweepResult, figure: SweptFigure, variant: VariantResult, best: VariantResult): boolean {
  const difference = differenceBetween(result, best.variant, variant.variant, figure.name);
  return difference === undefined || difference.direction === 'unclear' || Math.abs(difference.effect) < SMALL;
}

/** What the best variant for the first figure means for another one, against the worst. */
function aboutOther(
  result: SweepResult,
  figure: SweptFigure,
  first: SweptFigure,
  variants: readonly VariantResult[],
): string[] {
  const [best, worst] = ends(
    first,
    variants.filter(({ figures }) => figures[first.name]!.values.length > 0),
  );
  if (best === undefined || worst === undefined || best === worst) return [];
  const difference = differenceBetween(result, worst.variant, best.variant, figure.name);
  const both = `${valueText(figure, worst)} with ${worst.label}, ${valueText(figure, best)} with ${best.label}`;
  if (difference === undefined || difference.direction === 'unclear')
    return [`No difference in ${figure.name} is shown between these two: ${both}.`];
  const change = Number.isNaN(difference.effect) ? '' : ` (${percent(difference.effect)})`;
  return [`${figure.name} ${difference.direction === 'more' ? 'rises' : 'falls'} with it${change}: ${both}.`];
}

function aboutMissing({ variants }: SweepResult, figures: readonly SweptFigure[]): string[] {
  return figures.flatMap(({ name }) => {
    const lacking = variants.filter(({ figures: own }) => own[name]!.missing > 0);
    const texts = lacking.map(({ label, done, figures: own }) => `${own[name]!.missing} of ${done} with ${label}`);
    return texts.length === 0 ? [] : [`Runs without ${name}: ${texts.join('; ')}.`];
  });
}

function aboutFailed({ variants }: SweepResult): string[] {
  return variants
    .filter(({ failed }) => failed > 0)
    .map(({ label, failed, done, failure }) => `${failed} of ${failed + done} runs with ${label} failed: ${failure}.`);
}

/** The best and the worst variant of a figure. */
function ends(
  { name, better }: SweptFigure,
  variants: readonly VariantResult[],
): [VariantResult | undefined, VariantResult | undefined] {
  const sorted = [...variants].sort((a, b) => a.figures[name]!.mean - b.figures[name]!.mean);
  return better === 'less' ? [sorted[0], sorted.at(-1)] : [sorted.at(-1), sorted[0]];
}

function valueText({ name, unit }: SweptFigure, { figures }: VariantResult): string {
  const { mean, halfWidth } = figures[name]!;
  return `${withError(mean, halfWidth)}${unit === '' ? '' : ` ${unit}`}`;
}

function ratioText(best: VariantResult, worst: VariantResult, { name }: SweptFigure): string {
  const [a, b] = [best.figures[name]!.mean, worst.figures[name]!.mean];
  const ratio = Math.max(a, b) / Math.min(a, b);
  return ratio > 0 && Number.isFinite(ratio)
    ? `${plain(ratio)} times as much`
    : `a difference of ${plain(Math.abs(a - b))}`;
}

function relative(from: VariantResult, to: VariantResult, { name }: SweptFigure): number {
  const base = from.figures[name]!.mean;
  return base === 0 ? 0 : (to.figures[name]!.mean - base) / Math.abs(base);
}

function percent(share: number): string {
  return `${share < 0 ? '−' : '+'}${plain(Math.abs(share * 100))} %`;
}
