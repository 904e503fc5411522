import { bracketed, type Key } from '../keys.ts';
import { namesIn } from '../markdown.ts';
import type { ExamController } from './exam-controller.ts';
import { nextView } from './layout.ts';

/** Every ordinary key belongs to the terminal; these few belong to the exam. */
export function onExamKey(exam: ExamController, key: Key): void {
  if (exam.overlay === 'grading') return;
  if (exam.leading) {
    exam.leading = false;
    exam.notify();
    if (lead(exam, key.raw)) return;
  }
  if (key.name === 'leader') {
    exam.leading = true;
    exam.notify();
    return;
  }
  if (exam.overlay !== 'none' && onOverlayKey(exam, key)) return;
  if (onFunctionKey(exam, key)) return;
  if (exam.overlay === 'none') toTerminal(exam, key);
}

function onFunctionKey(exam: ExamController, key: Key): boolean {
  const { session } = exam;
  switch (key.name) {
    case 'F1':
      exam.show('help');
      return true;
    case 'F2':
      exam.show('map');
      return true;
    case 'F3':
      exam.visit(session.current - 1);
      return true;
    case 'F4':
      exam.visit(session.current + 1);
      return true;
    case 'F5':
      exam.toggleFlag();
      return true;
    case 'F6':
      exam.show('notes');
      return true;
    case 'F8':
      exam.view = nextView(exam.view);
      exam.notify();
      return true;
    case 'F10':
      exam.show('finish');
      return true;
    case 'shiftPageUp':
    case 'shiftPageDown':
      exam.screen.scroll(key.name === 'shiftPageUp' ? 10 : -10);
      exam.notify();
      return true;
    case 'pageUp':
    case 'pageDown':
      if (exam.screen.fullScreen) return false;
      scrollTask(exam, key.name === 'pageUp' ? -5 : 5);
      return true;
    default:
      return false;
  }
}

const FUNCTION_KEYS = { h: 'F1', t: 'F2', p: 'F3', n: 'F4', f: 'F5', m: 'F6', l: 'F8', x: 'F10' } as const;

/** The key after Ctrl-\: a letter stands for an F-key or for what has none, a digit for a name of the task. */
function lead(exam: ExamController, raw: string): boolean {
  if (raw in FUNCTION_KEYS) return onFunctionKey(exam, { name: FUNCTION_KEYS[raw as keyof typeof FUNCTION_KEYS], raw });
  if (/^[1-9]$/.test(raw)) {
    insertName(exam, Number(raw) - 1);
    return true;
  }
  const practice = exam.session.attempt.profile === 'practice';
  const actions: Record<string, () => void> = {
    u: () => exam.screen.scroll(10),
    d: () => exam.screen.scroll(-10),
    q: () => exam.onLeave?.(),
    '\u001c': () => exam.type('\u001c'),
    ...(practice ? { i: () => showHint(exam), s: () => exam.show('solution'), c: () => void exam.check() } : {}),
  };
  const action = actions[raw];
  action?.();
  exam.notify();
  return action !== undefined;
}

function showHint(exam: ExamController): void {
  exam.hintsShown = Math.min(exam.text().hints.length, exam.hintsShown + 1);
  exam.overlay = 'hint';
  exam.notify();
}

function onOverlayKey(exam: ExamController, key: Key): boolean {
  if (key.name === 'escape') {
    exam.show(exam.overlay);
    return true;
  }
  switch (exam.overlay) {
    case 'map':
      return onMapKey(exam, key);
    case 'notes':
      return onNotesKey(exam, key);
    case 'finish':
      if (key.name === 'text' && /^[yY]/.test(key.raw)) void exam.finish();
      else exam.show('finish');
      return true;
    default:
      return onPageKey(exam, key);
  }
}

/** Pages to read: arrows and PgUp/PgDn scroll, any text key closes. */
function onPageKey(exam: ExamController, key: Key): boolean {
  const by = { up: -1, down: 1, pageUp: -10, pageDown: 10 }[key.name as string];
  if (by !== undefined) {
    exam.overlayScroll = Math.max(0, exam.overlayScroll + by);
    exam.notify();
    return true;
  }
  const closes = key.name === 'text' || key.name === 'enter';
  if (closes) exam.show(exam.overlay);
  return closes;
}

function onMapKey(exam: ExamController, key: Key): boolean {
  const last = exam.session.tasks.length - 1;
  if (key.name === 'up' || key.name === 'down') {
    exam.chosen = Math.max(0, Math.min(last, exam.chosen + (key.name === 'up' ? -1 : 1)));
  } else if (key.name === 'enter') {
    exam.overlay = 'none';
    exam.visit(exam.chosen);
  } else if (key.name === 'text' && /^\d+$/.test(key.raw)) {
    const typed = Number(key.raw) - 1;
    exam.chosen = typed >= 0 && typed <= last ? typed : exam.chosen;
  } else if (key.name === 'F5') {
    exam.toggleFlag(exam.chosen);
  } else {
    return false;
  }
  exam.notify();
  return true;
}

function onNotesKey(exam: ExamController, key: Key): boolean {
  const { notes } = exam.session;
  if (key.name === 'backspace') exam.setNotes([...notes].slice(0, -1).join(''));
  else if (key.name === 'enter') exam.setNotes(`${notes}\n`);
  else if (key.name === 'text' || key.name === 'paste') exam.setNotes(notes + key.raw);
  else return false;
  return true;
}

function toTerminal(exam: ExamController, key: Key): void {
  if (key.name === 'paste') {
    const text = key.raw.replaceAll('\r\n', '\r').replaceAll('\n', '\r');
    exam.type(exam.screen.wantsBracketedPaste ? bracketed(text) : text);
    return;
  }
  exam.type(
    exam.screen.wantsApplicationCursor ? key.raw.replace(/^\u001b\[([ABCD])$/, '\u001bO$1') : key.raw.replace(/^\u001bO([ABCD])$/, '\u001b[$1'),
  );
}

function scrollTask(exam: ExamController, lines: number): void {
  exam.taskScroll = Math.max(0, exam.taskScroll + lines);
  exam.notify();
}

/** Puts the n-th name of the task's text on the command line. */
function insertName(exam: ExamController, index: number): void {
  const name = namesIn(exam.text().body)[index];
  if (name) exam.type(name);
}
