/** The daily round on the Overview: what is looked at now and then, each with when that was. */
export const enRound = {
  title: 'Daily round',
  backup: 'Backup',
  checks: 'Check-up',
  updates: 'Updates',
  notChecked: 'Not checked since Moltbot Desktop started',
  noTrouble: 'No trouble found, {{ago}}',
  trouble_one: '{{count, number}} thing needs you, {{ago}}',
  trouble_other: '{{count, number}} things need you, {{ago}}',
  notLooked: 'Not looked for yet',
  builtIn: 'The gateway came with Moltbot Desktop',
  lookFailed: 'Could not be looked for',
  upToDate: 'Nothing newer, {{ago}}',
  offered: 'Version {{version}} is there',
}
