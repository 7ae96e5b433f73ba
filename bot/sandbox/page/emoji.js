/* The shortcodes people and the app use here; an unknown one stays readable as :its_name:. */

const CODES = {
  eyes: "👀", white_check_mark: "✅", question: "❓", no_entry_sign: "🚫", "+1": "👍", thumbsup: "👍", "-1": "👎", thumbsdown: "👎",
  pray: "🙏", tada: "🎉", heart: "❤️", raised_hands: "🙌", clap: "👏", muscle: "💪", wave: "👋", ok_hand: "👌", point_right: "👉",
  rocket: "🚀", fire: "🔥", warning: "⚠️", rotating_light: "🚨", bell: "🔔", no_bell: "🔕", mute: "🔇", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", alarm_clock: "⏰", stopwatch: "⏱️", clock1: "🕐", clock9: "🕘", calendar: "📅", date: "📅", spiral_calendar_pad: "🗓️",
  package: "📦", truck: "🚚", factory: "🏭", wrench: "🔧", hammer_and_wrench: "🛠️", gear: "⚙️", memo: "📝", pencil: "✏️", pencil2: "✏️", clipboard: "📋",
  inbox_tray: "📥", outbox_tray: "📤", chart_with_upwards_trend: "📈", chart_with_downwards_trend: "📉", bar_chart: "📊", moneybag: "💰",
  arrow_right: "➡️", arrow_left: "⬅️", arrow_up: "⬆️", arrow_down: "⬇️", leftwards_arrow_with_hook: "↩️", arrows_counterclockwise: "🔄", repeat: "🔁",
  large_green_circle: "🟢", large_yellow_circle: "🟡", red_circle: "🔴", large_blue_circle: "🔵", white_circle: "⚪", black_circle: "⚫",
  large_orange_circle: "🟠", heavy_check_mark: "✔️", ballot_box_with_check: "☑️", x: "❌", heavy_multiplication_x: "✖️", exclamation: "❗",
  information_source: "ℹ️", bulb: "💡", zap: "⚡", star: "⭐", trophy: "🏆", medal: "🏅", handshake: "🤝", coffee: "☕", busts_in_silhouette: "👥",
  bust_in_silhouette: "👤", house: "🏠", link: "🔗", lock: "🔒", unlock: "🔓", key: "🔑", mag: "🔍", speech_balloon: "💬", thought_balloon: "💭", scales: "⚖️",
  smile: "😄", slightly_smiling_face: "🙂", grinning: "😀", joy: "😂", thinking_face: "🤔", cry: "😢", sweat_smile: "😅", sunglasses: "😎", facepalm: "🤦", shrug: "🤷",
  snail: "🐌", beers: "🍻", cake: "🍰", sunny: "☀️", crescent_moon: "🌙", zzz: "💤", recycle: "♻️", stop_sign: "🛑", construction: "🚧", new: "🆕", sos: "🆘",
};

/** Offered first, because the app gives the first four a meaning. */
export const PICKER = [
  ["eyes", "we look into it"], ["white_check_mark", "done or agreed"], ["question", "a question"], ["no_entry_sign", "no"], ["+1", "thumbs up"],
  ["pray", "thank you"], ["tada", "hooray"], ["heart", "heart"], ["raised_hands", "raised hands"], ["-1", "thumbs down"], ["fire", "fire"], ["hourglass_flowing_sand", "waiting"],
];

/** The character for a shortcode, or null. Skin tones are left out. */
export const emoji = (name) => CODES[name.split("::")[0]] ?? null;

export const shown = (name) => emoji(name) ?? `:${name}:`;
