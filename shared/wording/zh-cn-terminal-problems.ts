import type { TerminalProblemParams } from '../terminal-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const zhCnTerminalProblems: Record<keyof TerminalProblemParams, ProblemText> = {
  TERMINAL_OFF_IN_BROWSER: {
    what: '浏览器中的终端已关闭。',
    why: '拿到此页面的人可以用终端以您的身份运行任意程序。',
    remedy: '请在 Moltbot Desktop 的窗口中使用终端，或允许在此使用：`moltbot terminal allow-browser`。',
  },
  TERMINAL_UNAVAILABLE: {
    what: '无法打开终端。',
    why: '`{{detail}}`。',
    remedy: '请重试。如果情况依旧，请使用系统自带的终端，所有命令在那里同样有效。',
  },
  TERMINAL_GONE: {
    what: '此终端已不存在。',
    why: '它已经结束，或属于另一个页面。',
    remedy: '请重新打开一个终端。',
  },
  TERMINALS_TOO_MANY: {
    what: '没有再打开新的终端。',
    why: '已同时打开 {{limit}} 个终端，达到上限。',
    remedy: '请先关闭其中一个：可能在此页面、其他窗口或浏览器的其他标签页中。',
  },
}
