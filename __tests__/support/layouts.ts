import { layoutsOfSettings } from "../../core/events/configured-layouts";
import { defaultNames } from "../../core/settings/index-settings";

/** Those of a pipeline with default settings. */
export const CWL = layoutsOfSettings(defaultNames("cwl-"));
