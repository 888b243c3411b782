import type { SessionProblemParams } from '../session-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const zhCnSessionProblems: Record<keyof SessionProblemParams, ProblemText> = {
  STATE_FILE_UNREADABLE: {
    what: '无法读取状态文件夹中的一个文件。',
    why: '`{{path}}`：{{detail}}。',
    remedy: '请确认它是状态文件夹内属于您自己的文件；可用 `moltbot doctor` 检查全部文件。',
  },
  SESSIONS_BROKEN: {
    what: '会话列表已损坏。',
    why: '`{{path}}` 第 {{line}} 行：{{detail}}。',
    remedy: '请从备份恢复（`moltbot backup list`），或修正该行。在此之前不会写入该文件。',
  },
  SESSIONS_LOCKED: {
    what: '会话未作更改。',
    why: '另一个程序（进程 {{pid}}）已持续更改 `{{path}}` {{seconds}} 秒。',
    remedy: '请稍后重试。如果该进程与 Moltbot 无关，请删除该文件。',
  },
  SESSIONS_NOT_WRITTEN: {
    what: '会话未作更改。',
    why: '无法写入 `{{path}}`：{{detail}}。',
    remedy: '请腾出磁盘空间，或为您的用户授予写入权限，然后重试。',
  },
  SESSION_UNKNOWN: {
    what: '没有这个会话。',
    why: '会话列表中没有 `{{key}}`。',
    remedy: '可用 `moltbot sessions list` 查看所有会话。',
  },
  SESSION_IS_MAIN: {
    what: '会话未删除。',
    why: '`{{key}}` 是主会话，始终存在。',
    remedy: '可改为重新开始该会话：`sessions.reset`。',
  },
  SESSION_VALUE_INVALID: {
    what: '会话未作更改。',
    why: '`{{field}}` 不能取该值：{{detail}}。',
    remedy: '请改用其他取值。',
  },
}
