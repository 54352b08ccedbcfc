// Verdicts of controls → one decision for a finding: the strongest effect wins, all that spoke stay visible, clauses come from
// the regulations of the profile, and what blocks from its enforcement.
import { type Decision, type Effect, EFFECTS, type Incident, INCIDENT_GRADES, type IncidentGrade, type Obligation, OBLIGATION_KINDS, type ObligationKind } from '#model/decision';
import type { Control, Enforcement, EnforcementLevel, Regulation, Verdict } from '#model/policy';
import type { RunInfo } from '#model/run';
import { compareText } from '#model/location';
import { EvaluationError } from './evaluation-error.ts';

export interface Judgement {
  readonly controls: ReadonlyMap<string, Control>;
  /** In the order in which they are cited. */
  readonly regulations: readonly Regulation[];
  readonly enforcement: Enforcement;
}

/** What no control speaks of is not silently allowed. */
const UNJUDGED: Decision = { effect: 'warn', blocking: false, controls: [], citations: [] };

type DatedRun = RunInfo & { readonly date: string };

/** From the verdicts about one finding to its decision. Throws `EvaluationError` for a verdict that no policy may give. */
export type Decide = (verdicts: readonly Verdict[]) => Decision;

export function createDecider(judgement: Judgement, run: DatedRun): Decide {
  const clauses = clausesOf(judgement);
  return (verdicts) => toDecision(verdicts.map((verdict) => speak(verdict, judgement, run)), clauses);
}

function toDecision(spoken: readonly Spoken[], clauses: ReadonlyMap<string, readonly Citable[]>): Decision {
  if (spoken.length === 0) return UNJUDGED;
  const asked = spoken.filter(({ level }) => level !== 'off').sort((a, b) => rank(b.effect) - rank(a.effect) || compareText(a.verdict.control, b.verdict.control));
  const [strongest] = asked;
  // All that could speak are switched off at this stage: somebody decided so.
  if (strongest === undefined) return { effect: 'allow', blocking: false, controls: [], citations: [] };
  const effect = strongest.effect;
  // Who allows has nothing to add where another demands something.
  const heard = asked.filter((each) => effect === 'allow' || each.effect !== 'allow');
  // A control may be set to block whatever it says; what it allows is not meant.
  const blocking = effect !== 'allow' && heard.some(({ level }) => level === 'block');
  const observed = heard.every(({ level }) => level === 'observe') && effect !== 'allow';
  const cited = citationsOf(heard, clauses);
  const unverified = cited.filter(({ verified }) => !verified).map(({ clause }) => clause);
  const obligations = distinct(heard.flatMap(({ verdict }) => (verdict.obligations ?? []).map(toObligation)));
  const incident = heard.flatMap(({ verdict }) => (verdict.incident === undefined ? [] : [toIncident(verdict.incident)])).sort((a, b) => INCIDENT_GRADES.indexOf(a.grade) - INCIDENT_GRADES.indexOf(b.grade))[0];
  const effective = heard.map(({ from }) => from).filter((date) => date !== undefined).sort()[0];
  return {
    effect,
    blocking,
    controls: [...new Set(heard.map(({ verdict }) => verdict.control))],
    citations: cited.map(({ clause }) => clause),
    ...(unverified.length === 0 ? {} : { unverified }),
    ...(obligations.length === 0 ? {} : { obligations }),
    ...(incident === undefined ? {} : { incident }),
    ...(observed ? { observed } : {}),
    ...(effective === undefined ? {} : { effective }),
  };
}

interface Spoken {
  readonly verdict: Verdict;
  readonly control: Control;
  readonly effect: Effect;
  readonly level: EnforcementLevel;
  /** The day from which it demands what it now only warns about. */
  readonly from?: string;
}

function speak(verdict: Verdict, { controls, enforcement }: Judgement, run: DatedRun): Spoken {
  const control = controls.get(verdict.control);
  if (control === undefined) throw new EvaluationError(`A policy speaks as the control "${verdict.control}", which no METADATA describes`, 'Write the same id in METADATA and in the verdict.', { said: verdict.control });
  if (!EFFECTS.includes(verdict.effect)) throw new EvaluationError(`The control ${control.id} gives the effect "${verdict.effect}"`, `There are: ${EFFECTS.join(', ')}.`, { place: { file: control.file, line: control.line } });
  const early = control.effective !== undefined && run.date < control.effective && rank(verdict.effect) > rank('warn');
  const effect = early ? 'warn' : verdict.effect;
  return { verdict, control, effect, level: levelOf(enforcement, run, control.id, effect), ...(early ? { from: control.effective } : {}) };
}

function levelOf(enforcement: Enforcement, { stage }: RunInfo, control: string, effect: Effect): EnforcementLevel {
  const levels = enforcement[stage];
  return levels[control] ?? levels[effect] ?? levels['*'] ?? 'advise';
}

interface Citable {
  readonly clause: string;
  readonly verified: boolean;
  /** Its place among all that may be cited. */
  readonly order: number;
  readonly elements: ReadonlySet<string> | undefined;
}

/** What each control answers to: the clauses that it names itself, then those of the regulations in their order. */
function clausesOf({ controls, regulations }: Judgement): ReadonlyMap<string, readonly Citable[]> {
  const cited = new Map<string, Citable[]>([...controls.values()].map(({ id, clauses }) => [id, clauses.map((clause) => ({ clause, verified: true, order: -1, elements: undefined }))]));
  regulations.flatMap(({ clauses }) => clauses).forEach(({ clause, verified, controls: spoken, elements }, order) => {
    for (const id of spoken) cited.get(id)?.push({ clause, verified, order, elements: elements === undefined ? undefined : new Set(elements) });
  });
  return cited;
}

/** Each clause once: those that the controls name themselves, then those of the regulations that answer to control and element. */
function citationsOf(heard: readonly Spoken[], clauses: ReadonlyMap<string, readonly Citable[]>): readonly Citable[] {
  const fitting = heard.flatMap(({ verdict }) => (clauses.get(verdict.control) ?? []).filter(({ elements }) => elements === undefined || verdict.elements.some((element) => elements.has(element))));
  return [...new Map(fitting.sort((a, b) => a.order - b.order).map((each) => [each.clause, each])).values()];
}

function toObligation({ kind, what }: { readonly kind: string; readonly what: string }): Obligation {
  if (!(OBLIGATION_KINDS as readonly string[]).includes(kind)) throw new EvaluationError(`A policy gives an obligation "${kind}"`, `There are: ${OBLIGATION_KINDS.join(', ')}.`, { said: kind });
  return { kind: kind as ObligationKind, what };
}

function toIncident({ grade, report, withinHours }: NonNullable<Verdict['incident']>): Incident {
  if (!(INCIDENT_GRADES as readonly string[]).includes(grade)) throw new EvaluationError(`A policy grades an incident "${grade}"`, `There are: ${INCIDENT_GRADES.join(', ')}.`, { said: grade });
  return { grade: grade as IncidentGrade, report: [...report].sort(), ...(withinHours === undefined ? {} : { withinHours }) };
}

const distinct = (obligations: readonly Obligation[]): readonly Obligation[] =>
  [...new Map(obligations.map((each) => [`${each.kind} ${each.what}`, each])).values()].sort((a, b) => compareText(a.kind, b.kind) || compareText(a.what, b.what));

const rank = (effect: Effect): number => EFFECTS.indexOf(effect);
