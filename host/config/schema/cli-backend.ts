import * as z from 'zod/mini'
import { choice, flag, positive, text, textByName, texts } from './parts.ts'

const output = choice(['json', 'text', 'jsonl'])

/** A program that answers in the place of a provider. */
export const cliBackend = z.strictObject({
  command: z.string(),
  args: texts,
  output,
  resumeOutput: output,
  input: choice(['arg', 'stdin']),
  maxPromptArgChars: positive,
  env: textByName,
  clearEnv: texts,
  modelArg: text,
  modelAliases: textByName,
  sessionArg: text,
  sessionArgs: texts,
  resumeArgs: texts,
  sessionMode: choice(['always', 'existing', 'none']),
  sessionIdFields: texts,
  systemPromptArg: text,
  systemPromptMode: choice(['append', 'replace']),
  systemPromptWhen: choice(['first', 'always', 'never']),
  imageArg: text,
  imageMode: choice(['repeat', 'list']),
  serialize: flag,
})
