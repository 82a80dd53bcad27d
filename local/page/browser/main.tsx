import { render } from "preact";
import { WholePage } from "./page";
import "./ui/theme.css";
import "./ui/page.css";

render(<WholePage />, document.getElementById("page")!);
