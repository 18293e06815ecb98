// Runs before everything else on whatever Node there is: syntax of Node 10 only, no imports.
"use strict";

var isCheckout = /\.ts$/.test(process.argv[1] || "");
/** Node runs TypeScript without a flag from here on. */
var CHECKOUT = ">=22.18";
var range = isCheckout ? CHECKOUT : require("../../package.json").engines.node;
var needed = range.replace(">=", "").split(".").map(Number);
var there = process.versions.node.split(".").map(Number);
var suits = there[0] > needed[0] || (there[0] === needed[0] && (there[1] || 0) >= (needed[1] || 0));
if (!suits) {
  process.stderr.write(
    "tindra: Node " +
      needed.join(".") +
      " or later is needed, this is Node " +
      process.versions.node +
      " (" +
      process.execPath +
      ").\n",
  );
  process.exit(1);
}
