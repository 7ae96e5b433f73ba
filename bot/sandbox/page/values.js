/* What an element holds, as one simple value: text, an option's value, a date, a person's id, a list. */

const SINGLE = ["value", "selected_date", "selected_time", "selected_date_time", "selected_user", "selected_channel", "selected_conversation"];
const LISTS = ["selected_users", "selected_channels", "selected_conversations"];

/** The simple value of an entry of view.state (which may be Slack's object or simple already). */
export function simple(entry) {
  if (entry === null || entry === undefined || typeof entry !== "object" || Array.isArray(entry)) return entry ?? null;
  if ("selected_option" in entry) return entry.selected_option?.value ?? null;
  if ("selected_options" in entry) return (entry.selected_options ?? []).map((option) => option.value);
  const list = LISTS.find((name) => name in entry);
  if (list) return entry[list] ?? [];
  const name = SINGLE.find((each) => each in entry);
  return name ? (entry[name] ?? null) : null;
}

/** The option objects inside an entry of view.state: their texts are needed for external selects. */
export function chosenOptions(entry) {
  if (!entry || typeof entry !== "object") return [];
  return entry.selected_options ?? (entry.selected_option ? [entry.selected_option] : []);
}

/** What the app put in beforehand. */
export function initial(element) {
  if (element.initial_option) return element.initial_option.value;
  if (element.initial_options) return element.initial_options.map((option) => option.value);
  const name = Object.keys(element).find((key) => key.startsWith("initial_"));
  return name ? element[name] : null;
}

export const options = (element) => element.options ?? (element.option_groups ?? []).flatMap((group) => group.options);

const CLICK_NAMES = {
  datepicker: "selected_date",
  timepicker: "selected_time",
  datetimepicker: "selected_date_time",
  users_select: "selected_user",
  channels_select: "selected_channel",
  conversations_select: "selected_conversation",
  multi_users_select: "selected_users",
  multi_channels_select: "selected_channels",
  multi_conversations_select: "selected_conversations",
  static_select: "selected_option",
  external_select: "selected_option",
  radio_buttons: "selected_option",
  overflow: "selected_option",
  checkboxes: "selected_options",
  multi_static_select: "selected_options",
  multi_external_select: "selected_options",
};

/** The part of a click that says what was chosen: {selected_date: …} and so on. */
export const clickValue = (element, value) => ({ [CLICK_NAMES[element.type] ?? "value"]: value });
