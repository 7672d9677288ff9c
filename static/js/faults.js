// A form that came back with faults: the first of them has the focus, so that whoever sent it from the foot of the page, or hears
// the page, is told what is wrong instead of meeting the top of a page that looks as before.
"use strict";

const FIELD = "input.is-invalid, select.is-invalid, textarea.is-invalid, [aria-invalid='true']";
const WHOLE = ".alert-block, .k-error:not([hidden])";

const fault = document.querySelector(`main form :is(${FIELD}, ${WHOLE})`);
if (fault) {
  const folded = fault.closest("details");
  if (folded) folded.open = true;
  if (fault.matches(WHOLE)) fault.tabIndex = -1;
  fault.focus();
}
