import { createContext } from "preact";

/** How many connections to the pipeline there have been. With the next one, what could not be asked is asked again. */
export const Connections = createContext(0);
