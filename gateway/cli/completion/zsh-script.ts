import type { Described } from './command-table.ts'
import { type ScriptParts, valuesByPlace, wordTests } from './script-parts.ts'
import { shellQuoted, shellWords } from './shell-quoting.ts'
import type { ValueKind } from './value-kinds.ts'

/** For zsh 5 and newer, as a file of `fpath` and to be sourced. */
export function zshScript({ mark, table, keys }: ScriptParts): string {
  const commands = table.map(
    ({ path, commands, options }) =>
      `    ${shellQuoted(path)})\n` +
      `      commands=(${commands.map(explained).join(' ')})\n` +
      `      options=(${options.map(explained).join(' ')}) ;;`,
  )
  const values = valuesByPlace(table).map(
    ({ places, value }) => `    ${places.map(shellQuoted).join('|')}) ${offerOf(value, keys)} ;;`,
  )
  return `#compdef moltbot
${mark}

_moltbot_command() {
  case $1 in
${commands.join('\n')}
  esac
}

${wordTests(table)}

_moltbot_values() {
  case $1 in
${values.join('\n')}
  esac
}

_moltbot_ask() {
  local -a found
  found=("\${(@f)$("\${words[1]/#\\~/$HOME}" "\${globals[@]}" __complete $1 2>/dev/null </dev/null)}")
  compadd -- \${found:#}
}

_moltbot() {
  local at='' after='' ended='' word typed=$PREFIX
  local -i place=0 i
  local -a commands options globals
  for ((i = 2; i < CURRENT; i++)); do
    word=\${(Q)words[i]}
    if [[ -n $after ]]; then
      [[ $after == --profile ]] && globals+=(--profile $word)
      after=''
      continue
    fi
    case $word in
      --) ended=1 ;;
      --dev) [[ -n $at ]] || globals+=(--dev) ;;
      --profile=*) globals+=($word) ;;
      --*=*) ;;
      -*) _moltbot_takes_value "$at $word" && after=$word ;;
      *)
        if [[ -z $ended ]] && _moltbot_is_command "\${at:+$at }$word"; then
          at="\${at:+$at }$word"
        else
          ((place += 1))
        fi
        ;;
    esac
  done
  if [[ -n $after ]]; then
    _moltbot_values "$at $after"
  elif [[ $typed == --*=* ]]; then
    compset -P '*='
    _moltbot_values "$at \${typed%%=*}"
  elif [[ $typed == -* && -z $ended ]]; then
    _moltbot_command $at
    _describe -o 'option' options
  else
    if [[ $place == 0 && -z $ended ]]; then
      _moltbot_command $at
      ((\${#commands})) && _describe 'command' commands
    fi
    _moltbot_values "$at $((place + 1))"
  fi
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _moltbot "$@"
else
  compdef _moltbot moltbot
fi
`
}

function explained({ name, about }: Described): string {
  const escaped = (text: string) => text.replace(/[\\:]/g, '\\$&')
  return shellQuoted(`${escaped(name)}:${escaped(about)}`)
}

function offerOf(value: ValueKind, keys: readonly string[]): string {
  switch (value.kind) {
    case 'words':
      return `compadd -- ${shellWords(value.words)}`
    case 'keys':
      return `compadd -- ${shellWords(keys)}`
    case 'files':
      return '_files'
    case 'folders':
      return '_files -/'
    case 'asked':
      return `_moltbot_ask ${value.what}${value.alsoFiles ? '; _files' : ''}`
  }
}
