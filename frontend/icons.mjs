// The one icon set: Lucide (ISC licence). Our name → Lucide's drawing.
export const ICONS = {
  search: 'search', menu: 'menu', user: 'user-round', building: 'building-2', check: 'check', cross: 'x',
  warning: 'triangle-alert', info: 'info', clock: 'clock', pause: 'pause', calendar: 'calendar-days',
  file: 'file-text', files: 'files', upload: 'upload', download: 'download', print: 'printer', copy: 'copy',
  scan: 'scan-qr-code', camera: 'camera', money: 'banknote', receipt: 'receipt-text', sign: 'pen-line',
  stamp: 'stamp', send: 'send', inbox: 'inbox', list: 'list', home: 'house', phone: 'phone', mail: 'mail',
  place: 'map-pin', help: 'circle-question-mark', key: 'keyboard', lock: 'lock', eye: 'eye', database: 'database',
  differs: 'equal-not', next: 'chevron-right', previous: 'chevron-left', down: 'chevron-down', up: 'chevron-up',
  globe: 'globe', out: 'log-out', plus: 'plus', trash: 'trash-2', edit: 'pencil', refresh: 'refresh-cw',
  users: 'users-round', flow: 'workflow', history: 'history', star: 'star', filter: 'list-filter', undo: 'undo-2',
};
