// Loaded before the page is painted, so that nothing jumps: says that there is a script.
document.documentElement.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '');
