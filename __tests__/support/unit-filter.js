const { phaseOf } = require("./phases");

/** For Jest's `--filter`: the unit tests alone. */
module.exports = async (paths) => ({ filtered: paths.filter((path) => phaseOf(path) === "unit") });
