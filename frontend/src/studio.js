// The makers' pages hold small state machines written as attributes; the CSP build of Alpine needs no eval.
import Alpine from '@alpinejs/csp';
import './desk.js';

Alpine.start();
