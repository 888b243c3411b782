import { fieldsOf, isFields, type LooseFields, listOf, textOf } from '../../../shared/loose-value.ts'

/** The message of one line of a transcript; null for the other kinds of line, and for one that is torn. */
export function messageOfLine(line: Buffer | string): LooseFields | null {
  try {
    const { message } = fieldsOf(JSON.parse(String(line)))
    return isFields(message) ? message : null
  } catch {
    return null
  }
}

/** The first text of a message that a person or an agent wrote. */
export function firstText(message: LooseFields): string | undefined {
  if (typeof message.content === 'string') return textOf(message.content)
  for (const part of listOf(message.content)) {
    const { type, text } = fieldsOf(part)
    if (type === 'text' || type === 'output_text' || type === 'input_text') {
      const found = textOf(text)
      if (found !== undefined) return found
    }
  }
  return undefined
}

export interface PreviewItem {
  readonly role: 'user' | 'assistant' | 'tool' | 'system' | 'other'
  readonly text: string
}

/** A message in a few letters; null where it says nothing. */
export function previewOf(message: LooseFields, maxChars: number): PreviewItem | null {
  const role = roleOf(message)
  const text = allText(message) ?? toolCalls(message) ?? media(message)
  if (text === undefined) return null
  const plain = role === 'user' ? withoutEnvelope(text) : text
  return { role, text: plain.length > maxChars ? `${plain.slice(0, maxChars - 3)}...` : plain }
}

function allText({ content, text }: LooseFields): string | undefined {
  if (typeof content === 'string') return textOf(content)
  const parts = listOf(content).flatMap((part) => textOf(fieldsOf(part).text) ?? [])
  return parts.length > 0 ? parts.join('\n') : textOf(text)
}

function roleOf(message: LooseFields): PreviewItem['role'] {
  if (toolNames(message).length > 0 || listOf(message.content).some(isToolCall)) return 'tool'
  const role = String(message.role).toLowerCase()
  return role === 'user' || role === 'assistant' || role === 'tool' || role === 'system' ? role : 'other'
}

function isToolCall(part: unknown): boolean {
  const { type } = fieldsOf(part)
  return typeof type === 'string' && /^tool_?call$/i.test(type)
}

function toolNames(message: LooseFields): readonly string[] {
  const named = listOf(message.content).flatMap((part) => textOf(fieldsOf(part).name) ?? [])
  const own = textOf(message.toolName) ?? textOf(message.tool_name)
  return own === undefined ? named : [...named, own]
}

function toolCalls(message: LooseFields): string | undefined {
  const names = toolNames(message)
  if (names.length === 0) return undefined
  const more = names.length > 2 ? ` +${names.length - 2}` : ''
  return `call ${names.slice(0, 2).join(', ')}${more}`
}

function media({ content }: LooseFields): string | undefined {
  const types = listOf(content).flatMap((part) => textOf(fieldsOf(part).type)?.toLowerCase() ?? [])
  const found = types.find((type) => type !== 'text' && !/^tool_?call$/.test(type))
  return found === undefined ? undefined : `[${found}]`
}

const channels =
  /^(?:WebChat|WhatsApp|Telegram|Signal|Slack|Discord|Google Chat|iMessage|Teams|Matrix|Zalo|BlueBubbles) /
const moment = /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}Z| \d{2}:\d{2})\b/

/** Without the line in brackets that says from where, by whom and when; agents see it, people need not. */
export function withoutEnvelope(text: string): string {
  const found = /^\[([^\]]{1,500})\]\s*/.exec(text)
  const header = found?.[1] ?? ''
  return found && (channels.test(header) || moment.test(header)) ? text.slice(found[0].length) : text
}

/** The same for a whole message as a client shows it; ids that stand on lines of their own go too. */
export function shownMessage(message: LooseFields): LooseFields {
  if (String(message.role).toLowerCase() !== 'user') return message
  const { content, text } = message
  if (typeof content === 'string') return { ...message, content: shownText(content) }
  if (!Array.isArray(content))
    return typeof text === 'string' ? { ...message, text: shownText(text) } : message
  const parts = content.map((part: unknown) => {
    const fields = fieldsOf(part)
    return fields.type === 'text' && typeof fields.text === 'string'
      ? { ...fields, text: shownText(fields.text) }
      : part
  })
  return { ...message, content: parts }
}

function shownText(text: string): string {
  const plain = withoutEnvelope(text)
  if (!plain.includes('[message_id:')) return plain
  return plain
    .split(/\r?\n/)
    .filter((line) => !/^\s*\[message_id:\s*[^\]]+\]\s*$/i.test(line))
    .join('\n')
}
