// What an officer's page gains: everything of the citizen's, keys, scanners, and pieces that renew themselves (htmx).
import { Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink } from 'govuk-frontend';
import htmx from 'htmx.org';
import { choosing } from './choosing.js';
import { keys } from './keys.js';
import { scanners } from './scanners.js';
import { begin, start } from './start.js';

// No eval and no style element: the Content-Security-Policy forbids both.
htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0; // pages hold personal data: nothing of them is kept in the browser's storage
htmx.onLoad((part) => begin(part));

start([Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, SkipLink]);
keys();
scanners();
choosing();
