/**
 * Which folder may import which, and that no file comes round to itself. Order: api, shared, features, app.
 *
 * A feature is entered by its doors alone. `FEATURES` is from low to high: each may use the doors of those above it in this list.
 * What another feature needs of the inside becomes a door here, or moves down.
 */
import { readdirSync } from "node:fs";
import { createTypeScriptImportResolver } from "eslint-import-resolver-typescript";
import imports from "eslint-plugin-import-x";
import typescript from "typescript-eslint";

const FEATURES = {
  accounts: ["Accounts", "queries"],
  audit: ["AuditPage", "wanted"],
  keys: ["KeysPage"],
  mail: ["MailPage"],
  operate: [
    ...["AccountsPage", "CreditBacksPage", "IncidentsPage", "LimitsPage", "ModelsPage", "MoneyPage", "NowPage", "OperatePage", "PeoplePage"],
    ...["SettingsInForcePage", "sought", "StagingsPage", "StoragePage", "SwitchesPage"],
  ],
  office: ["InvitationPage", "OfficePage"],
  privacy: ["PrivacyPage"],
  sessions: ["SessionsPage"],
  settings: ["SettingsPage"],
  webhooks: ["WebhookPage", "WebhooksPage"],
  uploadLinks: ["UploadLinkForm", "UploadLinksPage"],
  usage: ["BudgetBlock", "DaysBlock", "queries", "UsagePage"],
  pricing: ["offers", "PricingPage"],
  billing: ["BillingPage", "Buy", "Paywall", "queries", "returned"],
  archives: ["queries", "DownloadAll"],
  orders: ["choices", "Cost", "many", "notes", "order", "prediction", "request", "TaskForm", "useStarting"],
  profile: ["ProfilePage"],
  stagings: ["actions", "Compare", "edit", "Gallery", "queries", "sources"],
  editing: ["CorrectRoom", "MoveFurniture"],
  photos: ["demo", "UploadPanel", "intake", "queue", "transfer"],
  sending: ["SendPage"],
  projects: ["queries", "ProjectPage", "ProjectsPage"],
};
const NAMES = Object.keys(FEATURES);
const unplaced = readdirSync(new URL("src/features", import.meta.url)).filter((name) => !NAMES.includes(name));
if (unplaced.length > 0) throw new Error(`Give ${unplaced.join(", ")} a place and doors among FEATURES in web/eslint.config.js.`);

/** Files that may not import from a folder, but for `except`. */
function zone(target, from, message, except = []) {
  return { target: `./src/${target}`, from: `./src/${from}`, except, message };
}

const ZONES = [
  ...["shared", "features", "app"].map((from) => zone("api", from, "api/ knows nothing of ours.")),
  ...["features", "app"].map((from) => zone("shared", from, "shared/ knows api/ alone: what it needs of a feature moves down.")),
  zone("features", "app", "A feature does not know the app around it."),
  ...NAMES.flatMap((name, rank) => [
    ...NAMES.slice(rank + 1).map((higher) =>
      zone(`features/${name}`, `features/${higher}`, `${name} is below ${higher} (web/eslint.config.js).`),
    ),
    ...[...NAMES.slice(rank + 1).map((higher) => `features/${higher}`), "app"].map((target) =>
      zone(target, `features/${name}`, `The inside of ${name}: import a door of it (web/eslint.config.js).`, doors(name)),
    ),
  ]),
];

const KEEPS = "A reading that fails once takes nothing away that is there: ask for `isLoadingError`, or for `data`.";
/** What a page may not go by: after a failed reading both say so, also where the data of the one before is there. */
const REPLACING = [
  { selector: "IfStatement MemberExpression.test[property.name='isError']", message: KEEPS },
  { selector: "IfStatement > LogicalExpression.test MemberExpression[property.name='isError']", message: KEEPS },
  { selector: "MemberExpression[property.name='isSuccess']", message: KEEPS },
];

function doors(name) {
  return FEATURES[name].flatMap((door) => [`./${door}.ts`, `./${door}.tsx`]);
}

export default [
  {
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["src/api/schema.d.ts"],
    languageOptions: { parser: typescript.parser },
    plugins: { "import-x": imports },
    settings: { ...imports.flatConfigs.typescript.settings, "import-x/resolver-next": [createTypeScriptImportResolver()] },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "import-x/no-restricted-paths": ["error", { zones: ZONES }],
      "no-restricted-syntax": ["error", ...REPLACING],
      "import-x/no-cycle": ["error", { ignoreExternal: true }],
      "import-x/no-self-import": "error",
      "import-x/no-unresolved": ["error", { ignore: ["^vite", "\\?"] }],
    },
  },
];
