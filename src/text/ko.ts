import type { Failed } from '../trainer/grading/contract.ts';
import type { Text } from './en.ts';
import { josa } from './josa.ts';

/** Plain words stand as they are; anything with spaces or signs is quoted. */
const quoted = (value: unknown): string => {
  if (value === null || value === undefined) return '없음';
  return typeof value === 'string' && /^[\p{L}\p{N}_./:@-]+$/u.test(value) ? value : JSON.stringify(value);
};

const facts = (expected: unknown, actual: unknown): string => {
  const known = [expected === undefined ? '' : `기댓값 ${quoted(expected)}`, actual === undefined ? '' : `실제 값 ${quoted(actual)}`].filter(Boolean);
  return known.length > 0 ? ` (${known.join(', ')})` : '';
};

/** 한국어. */
export const ko: Text = {
  name: '한국어',
  app: {
    tagline: '터미널에서 시뮬레이션 클러스터로 치르는 CKA·CKAD 모의시험',
    independent: 'CNCF 및 Linux Foundation과 무관한 독립 프로젝트입니다.',
    tooSmall: (columns, rows) =>
      `현재 터미널 크기는 ${columns}x${rows}입니다. kubeproctor에는 최소 60x16이 필요합니다. 창을 키우십시오. 시험 중에는 Ctrl-\\ q로 나갈 수 있습니다.`,
  },
  outcome: {
    subject: '확인 대상',
    expected: '기댓값',
    actual: '실제 값',
    look: '확인 명령',
    value: quoted,
    word({ shape, subject, aspect, expected, actual }: Failed): string {
      switch (shape) {
        case 'missing':
          return `${subject}: 존재하지 않습니다`;
        case 'unexpected':
          return aspect
            ? `${subject}: 있어서는 안 되는 항목이 있습니다. ${aspect}${actual === undefined ? '' : ` = ${quoted(actual)}`}`
            : `${subject}: 존재해서는 안 됩니다`;
        case 'different':
          return `${subject}: ${aspect ?? '값'} (기댓값 ${quoted(expected)}, 실제 값 ${quoted(actual)})`;
        case 'unreachable':
          return `${subject}: 올바른 응답이 없습니다${facts(expected, actual)}`;
        case 'reachable':
          return `${subject}: 차단되어야 하지만 응답을 받습니다`;
        case 'denied':
          return `${subject}: 필요한 권한이 없습니다${aspect ? ` (${aspect})` : ''}`;
        case 'allowed':
          return `${subject}: 허용되어서는 안 되는 권한이 있습니다${aspect ? ` (${aspect})` : ''}`;
        case 'not-running':
          return `${subject}: 정상적으로 실행되고 있지 않습니다${actual === undefined ? '' : ` (${quoted(actual)})`}`;
        case 'unchanged':
          return `${subject}: 변경되지 않았습니다${aspect ? ` (${aspect})` : ''}`;
      }
    },
  },
  report: {
    title: (exam) => `${exam} 모의시험`,
    drill: '연습',
    pass: '합격',
    fail: '불합격',
    passMark: (mark) => `합격 기준 ${mark} %`,
    used: '사용',
    of: '/',
    timedOut: '시간 종료',
    domain: '영역',
    weight: '비중',
    you: '점수',
    task: '문제',
    tasks: (count) => `${count}문제`,
    notReached: '열지 않음',
    minutes: (spent, target) => `${spent}분 (목표 ${target}분)`,
    flagged: '표시',
    noAttempts: '아직 응시 기록이 없습니다. `kubeproctor exam cka` 명령으로 시작할 수 있습니다.',
    unfinished: '미완료',
    started: '시작',
    score: '점수',
    attempt: '응시',
    result: '결과',
  },
  home: {
    resume: (title, left) => `${title} 이어서 응시하기 (남은 시간 ${left})`,
    exam: (exam, minutes, tasks) => `${exam} 모의시험: ${tasks}문제, ${minutes}분`,
    shortExam: (exam, minutes, tasks) => `${exam} 단축 시험: ${tasks}문제, ${minutes}분`,
    drills: '영역별 연습',
    history: '응시 기록과 보고서',
    settings: '설정',
    quit: '종료',
    keys: '↑↓ 선택   Enter 열기   q 종료',
    readiness: '준비도',
    exercises: (count) => `${count}문제`,
    none: '아직 없습니다',
    back: 'Esc 뒤로',
  },
  firstRun: {
    welcome:
      'kubeproctor에서는 실제와 같은 느낌의 터미널에서 CKA·CKAD 문제를 풀고, 채점 항목마다 통과하거나 통과하지 못한 이유를 확인할 수 있습니다.',
    howItWorks: '클러스터는 이 컴퓨터에서 시뮬레이션됩니다. 내려받는 파일이 없으며, 아무것도 손상되지 않습니다.',
    which: '어느 시험을 준비하고 계십니까?',
  },
  settings: {
    language: '언어',
    editor: '터미널의 편집기',
    own: '사용자 편집기($EDITOR)',
    builtIn: '내장 vi와 nano',
    layout: '화면 배치',
    split: '문제와 터미널 나란히',
    task: '문제만',
    terminal: '터미널만',
    keys: '↑↓ 선택   ←→ 변경   Esc 뒤로',
  },
  exam: {
    preparing: (host) => `${josa(host, '을/를')} 준비하는 중 …`,
    task: (number, count) => `문제 ${number} / ${count}`,
    left: '남음',
    practice: '연습',
    more: '▼ 아래 내용 (PgDn)',
    above: '▲ 위 내용 (PgUp)',
    alert: (minutes) => `${minutes}분 남았습니다`,
    behind: (minutes) => `진도 −${minutes}분`,
    timeUp: '시험 시간이 끝났습니다.',
    keysWide: 'F1 도움말  F2 문제 목록  F3/F4 이전/다음  F5 표시  F6 메모  F8 배치  F10 종료   (F키 대신: Ctrl-\\ h t p n f m l x)',
    keysNarrow: 'F1 도움말 F2 목록 F3/F4 ◀▶ F5 표시 F6 메모 F8 배치 F10 종료',
    map: {
      title: '문제 목록',
      columns: { task: '문제', domain: '영역', weight: '%', spent: '분', visited: '열람' },
      keys: '↑↓ 선택   Enter 또는 번호: 이동   Esc 뒤로',
    },
    notes: { title: '메모', keys: '자유롭게 입력   Esc 뒤로' },
    help: {
      title: '단축키',
      lines: [
        '다음 키를 제외한 모든 입력은 터미널에 전달됩니다.',
        'F1 이 화면    F2 문제 목록    F3 이전 문제    F4 다음 문제',
        'F5 문제 표시    F6 메모    F8 화면 배치    F10 시험 종료',
        'F키가 없으면: Ctrl-\\ 다음에 h t p n f m l x (위의 키와 같은 순서).',
        'Ctrl-\\ 1 … 9: 문제에 나온 1번째 … 9번째 이름을 대신 입력합니다.',
        'PgUp/PgDn: 문제 스크롤. Shift-PgUp/PgDn(또는 Ctrl-\\ u/d): 터미널 스크롤.',
        '문제마다 호스트가 있습니다. 먼저 `ssh <호스트>`, 끝나면 `exit` 명령을 실행하십시오. 호스트에서 `sudo -i` 명령을 실행하면 root로 전환됩니다.',
        'Ctrl-\\ q: 시험을 그대로 두고 나갑니다. `kubeproctor exam --resume` 명령으로 이어서 응시할 수 있습니다.',
      ],
      practice: '연습: Ctrl-\\ i 다음 힌트, Ctrl-\\ c 문제 채점, Ctrl-\\ s 풀이 보기.',
    },
    finish: {
      question: '시험을 종료하시겠습니까?',
      state: (unvisited, flagged) => `열지 않은 문제 ${unvisited}개, 표시한 문제 ${flagged}개.`,
      keys: 'y 종료   다른 키: 시험으로 돌아가기',
      grading: (done, count) => `문제 채점 중 ${done} / ${count} …`,
    },
    hint: (number, count) => `힌트 ${number} / ${count}`,
    noHints: '힌트가 더 없습니다.',
    ended: '터미널 세션이 끝났습니다. Enter를 누르면 새로 시작합니다.',
  },
  result: {
    keys: '↑↓ 문제   PgUp/PgDn 스크롤   s 풀이   r 다시 풀기   e 내보내기   q 처음으로',
    exported: (file) => `${file}에 저장했습니다`,
    cannotExport: (file, reason) => `${file}에 저장할 수 없습니다: ${reason}`,
  },
  history: { title: '응시 기록', keys: '↑↓ 선택   Enter 보고서   Esc 뒤로' },
  drill: { title: '연습', keys: '↑↓ 선택   Enter 시작   Esc 뒤로' },
};
