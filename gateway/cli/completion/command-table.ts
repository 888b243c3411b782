import type { Argument, Command, Option } from 'commander'
import { specialValues, type ValueKind, valueOfPlaceholder } from './value-kinds.ts'

export interface KnownCommand {
  /** As typed after `moltbot`; empty for `moltbot` itself. */
  readonly path: string
  readonly commands: readonly Described[]
  readonly options: readonly KnownOption[]
  /** One a place; null where nothing is known of it. */
  readonly places: readonly (ValueKind | null)[]
}
export interface Described {
  readonly name: string
  readonly about: string
}
export interface KnownOption extends Described {
  /** Whether the next word is its value. */
  readonly takesValue: boolean
  readonly value: ValueKind | null
}

/** Every command below `command`, itself first; hidden ones can be typed, and are not offered. */
export function commandTable(command: Command, path = ''): KnownCommand[] {
  // The help command would repeat everything once more.
  const children = command.commands.filter((child) => child.name() !== 'help')
  const visible = command.createHelp().visibleCommands(command)
  const own = {
    path,
    commands: visible.map((child) => ({ name: child.name(), about: child.summary() || child.description() })),
    options: optionsOf(command, path),
    places: command.registeredArguments.map((argument) => placeOf(argument, path)),
  }
  return [own, ...children.flatMap((child) => commandTable(child, `${path} ${child.name()}`.trimStart()))]
}

function optionsOf(command: Command, path: string): KnownOption[] {
  const options = command.createHelp().visibleOptions(command)
  return options.flatMap((option) =>
    [option.long, option.short].flatMap((name) => described(name, option, path)),
  )
}

function described(name: string | undefined, option: Option, path: string): KnownOption[] {
  if (name === undefined) return []
  const placeholder = /[<[]([^>\]]+)[>\]]/.exec(option.flags)?.[1] ?? ''
  const special = specialValues[`${path} ${option.long}`.trimStart()]
  return [
    {
      name,
      about: option.description,
      takesValue: option.required,
      value: option.required
        ? (choices(option.argChoices) ?? special ?? valueOfPlaceholder(placeholder))
        : null,
    },
  ]
}

function placeOf(argument: Argument, path: string): ValueKind | null {
  const name = argument.name()
  return choices(argument.argChoices) ?? specialValues[`${path} ${name}`] ?? valueOfPlaceholder(name)
}

function choices(words: readonly string[] | undefined): ValueKind | null {
  return words ? { kind: 'words', words } : null
}
