// The owner flags the prompt of a battle, with a reason, or takes the flag back.

import { attempt, byId, call, say, t } from "./page.js";

export class Flagging {
  constructor() {
    this.battle = "";
    byId("flag-form").addEventListener("submit", (event) => { event.preventDefault(); this.set(byId("flag-why").value.trim()); });
    byId("unflag").addEventListener("click", () => this.set(""));
  }

  show(battle, flag) {
    this.battle = battle;
    byId("flag-why").value = flag;
    byId("unflag").hidden = !flag;
    byId("flag-said").textContent = flag ? t("flagging.is", { flag }) : t("flagging.none");
  }

  set(flag) {
    attempt(async () => {
      await call("POST", "/api/admin/prompts", { battle: this.battle, flag });
      this.show(this.battle, flag);
      say(t("admin.done"));
    });
  }
}
