import type { Described } from './command-table.ts'
import { type ScriptParts, takenValues, valuesByPlace } from './script-parts.ts'
import type { ValueKind } from './value-kinds.ts'

/** For fish 3 and newer. One function tells all candidates, so that a Tab asks no hundred conditions. */
export function fishScript({ mark, table, keys }: ScriptParts): string {
  const commands = table.map(
    ({ path, commands, options }) =>
      `        case ${quoted(path)}\n` +
      `            set commands ${commands.map(explained).join(' ')}\n` +
      `            set options ${options.map(explained).join(' ')}`,
  )
  const paths = table.filter(({ path }) => path !== '').map(({ path }) => quoted(path))
  const values = valuesByPlace(table).map(
    ({ places, value }) =>
      `        case ${places.map(quoted).join(' ')}\n            ${offerOf(value, keys)}`,
  )
  return `${mark}

function __moltbot_command --no-scope-shadowing
    switch $argv[1]
${commands.join('\n')}
    end
end

function __moltbot_values --no-scope-shadowing
    switch $argv[1]
${values.join('\n')}
    end
end

function __moltbot_complete
    set -l tokens (commandline -opc)
    set -l typed (commandline -ct)
    set -l program (string replace -r '^~' $HOME -- $tokens[1])
    set -l at ''
    set -l after ''
    set -l ended ''
    set -l place 1
    set -l globals
    set -l commands
    set -l options
    for word in $tokens[2..]
        if test -n "$after"
            test "$after" = --profile; and set -a globals --profile $word
            set after ''
            continue
        end
        switch $word
            case --
                set ended 1
            case --dev
                test -z "$at"; and set -a globals --dev
            case '--profile=*'
                set -a globals $word
            case '--*=*'
            case '-*'
                if contains -- "$at $word" ${takenValues(table).map(quoted).join(' ')}
                    set after $word
                end
            case '*'
                set -l deeper (string trim -- "$at $word")
                if test -z "$ended"; and contains -- $deeper ${paths.join(' ')}
                    set at $deeper
                else
                    set place (math $place + 1)
                end
        end
    end
    if test -n "$after"
        __moltbot_values "$at $after" $typed
    else if string match -q -- '--*=*' $typed
        set -l parts (string split -m 1 -- '=' $typed)
        for value in (__moltbot_values "$at $parts[1]" $parts[2])
            echo $parts[1]=$value
        end
    else if string match -q -- '-*' $typed; and test -z "$ended"
        __moltbot_command $at
        printf '%s\\n' $options
    else
        if test $place = 1; and test -z "$ended"
            __moltbot_command $at
            test -n "$commands"; and printf '%s\\n' $commands
        end
        __moltbot_values "$at $place" $typed
    end
end

complete -c moltbot -e
complete -c moltbot -f -a '(__moltbot_complete)'
`
}

function explained({ name, about }: Described): string {
  return quoted(`${name}\t${about}`)
}

/** fish knows two escapes in single quotes. */
function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`
}

function offerOf(value: ValueKind, keys: readonly string[]): string {
  switch (value.kind) {
    case 'words':
      return `printf '%s\\n' ${value.words.map(quoted).join(' ')}`
    case 'keys':
      return `printf '%s\\n' ${keys.map(quoted).join(' ')}`
    case 'files':
      return '__fish_complete_path $argv[2]'
    case 'folders':
      return "__fish_complete_directories $argv[2] ''"
    case 'asked': {
      const ask = `$program $globals __complete ${value.what} 2>/dev/null </dev/null`
      return value.alsoFiles ? `${ask}; __fish_complete_path $argv[2]` : ask
    }
  }
}
