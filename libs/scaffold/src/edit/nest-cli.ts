interface NestCli {
  readonly projects: Readonly<Record<string, unknown>>;
}

/** Lets `nest build` know an app. */
export function addNestProject(text: string, app: string): string {
  const config = JSON.parse(text) as NestCli;
  if (config.projects[app] !== undefined) return text;
  const project = {
    type: 'application',
    root: `apps/${app}`,
    sourceRoot: `apps/${app}/src`,
    entryFile: 'main',
    compilerOptions: { tsConfigPath: `apps/${app}/tsconfig.app.json` },
  };
  // Whether everything was built is told by the last one, which is no collector's.
  const projects = { [app]: project, ...config.projects };
  return `${JSON.stringify({ ...config, projects }, null, 2)}\n`;
}
