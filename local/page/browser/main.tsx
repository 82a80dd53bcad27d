import { render } from "preact";
import { Page } from "./page";
import "./ui/theme.css";
import "./ui/page.css";

render(<Page />, document.getElementById("page")!);
