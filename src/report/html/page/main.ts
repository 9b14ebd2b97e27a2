/** The script of the page: fills what needs one, from the report that the file holds. */

import type { PlanReport, Report, ReportedChange } from "../../../model/report.ts";
import { changesView } from "./changes/view.ts";
import { modulesView } from "./modules/view.ts";
import { radiusView } from "./radius/view.ts";
import { themeSwitch } from "./theme.ts";

const report = JSON.parse(document.getElementById("report")?.textContent ?? "null") as Report;

const part = (id: string, fillIt: (place: HTMLElement) => void): void => {
  const place = document.getElementById(id);
  if (place) fillIt(place);
};

part("theme", themeSwitch);

let showObject: ((plan: PlanReport, change: ReportedChange) => void) | undefined;
part("radius-view", (place) => {
  showObject = radiusView(place, report);
});

let search: ((text: string) => void) | undefined;
part("changes-view", (place) => {
  search = changesView(place, report, showObject);
});

part("modules-view", (place) => modulesView(place, report, search));
