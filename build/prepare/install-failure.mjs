/** @type {[codes: RegExp, why: string][]} */
const reasons = [
  [
    /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ERR_SOCKET_TIMEOUT|ENETUNREACH|EHOSTUNREACH|FETCH_ERROR|E50\d)$/,
    'The package registry could not be reached. Check the network connection (and `npm config get proxy`)',
  ],
  [
    /^(SELF_SIGNED_CERT_IN_CHAIN|DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_\w+|CERT_\w+)$/,
    "The registry's certificate is not trusted. Point `npm config set cafile` to your organisation's certificates",
  ],
  [/^ENOSPC$/, 'The disk is full. Free about 500 MB'],
  [/^EROFS$/, 'This folder is on a read-only disk. Copy the project to a place that can be written'],
  [
    /^(EACCES|EPERM)$/,
    'A file could not be written. Give this folder, and the npm cache, to the user who runs this',
  ],
  [/^(E401|E403|ENEEDAUTH)$/, 'The registry refused access. Log in to it (`npm login`) or use another one'],
  [/^EINTEGRITY$/, 'A download was damaged. Run `npm cache clean --force`'],
  [/^EUSAGE$/, 'package-lock.json does not match package.json. Run `npm install` once'],
]

/** @param {string} code */
const reasonOf = (code) => reasons.find(([codes]) => codes.test(code))?.[1]

/**
 * @param {unknown} error what a file operation of the preparation threw
 * @returns {string | null} why and what to do; null: an error that nobody foresaw
 */
export function explainFileFailure(error) {
  if (!(error instanceof Error) || !('code' in error)) return null
  const why = reasonOf(String(error.code))
  return why === undefined ? null : `${why}, then run the command again. (${error.message})`
}

/**
 * @param {string} log everything npm printed
 * @param {string} logPath
 * @returns {string} what happened, why and what to do, with the end of the log
 */
export function explainInstallFailure(log, logPath) {
  const code = /^npm (?:error|ERR!) code (\S+)/m.exec(log)?.[1] ?? ''
  const why =
    reasons.find(([codes]) => codes.test(code))?.[1] ?? 'npm could not install the packages. See below'
  const tail = log
    .trimEnd()
    .split('\n')
    .slice(-15)
    .map((line) => `  ${line}`)
  return [`${why}, then run the command again.`, `The end of ${logPath}:`, ...tail].join('\n')
}
