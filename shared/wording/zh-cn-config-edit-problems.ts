// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the references are the configuration’s own
import type { ConfigEditProblemParams } from '../config-edit-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const zhCnConfigEditProblems: Record<keyof ConfigEditProblemParams, ProblemText> = {
  CONFIG_KEY_INVALID: {
    what: '无法识别这个配置项名称。',
    why: '{{detail}}。',
    remedy: '请写成 `gateway.port`、`agents.list[0].id` 或 `channels["a.b"].enabled`。',
  },
  CONFIG_KEY_NOT_SET: {
    what: '`{{key}}` 尚未设置。',
    why: '配置文件中没有这一项。',
    remedy: '可用 `moltbot config schema` 查看可填内容，并用 `moltbot config set` 设置。',
  },
  CONFIG_KEY_MISSPELLED: {
    what: '`{{key}}` 尚未设置。',
    why: '没有这个配置项；有一项名为 `{{suggestion}}`。',
    remedy: '请改用 `{{suggestion}}`，或用 `moltbot config schema` 查看所有配置项。',
  },
  CONFIG_CHANGE_INVALID: {
    what: '配置未作更改。',
    why: '更改后配置将无效：`{{path}}` 第 {{line}} 行第 {{column}} 列的 `{{key}}`：`{{detail}}`。',
    remedy:
      '请改用其他取值，可用 `moltbot config schema` 查看；现有的问题用 `moltbot config validate` 查看。',
  },
  CONFIG_SHRINKS: {
    what: '配置未作更改。',
    why: '`{{path}}` 有 {{before}} 个配置项，更改后只剩 {{after}} 个。',
    remedy: '请逐项更改；如果确实需要，请加上 `force: true`。',
  },
  CONFIG_SECRET_LITERAL: {
    what: '配置未作更改。',
    why: '`{{key}}` 是密钥，写在文件中，凡是能读取您的文件或备份的人都能看到。',
    remedy:
      "请用 `moltbot secrets set {{name}}` 保存，并在配置中引用：`moltbot config set {{key}} '{{reference}}'`。",
  },
  CONFIG_REFERENCE_REPLACED: {
    what: '配置未作更改。',
    why: '`{{key}}` 的值来自 `{{name}}`，直接填写会取代该引用。',
    remedy: '请用 `moltbot secrets set {{name}}` 更改；如果确实要取代，请加上 `--literal`。',
  },
  CONFIG_KEY_LOCAL: {
    what: '配置未作更改。',
    why: '`{{key}}` 关系到运行什么程序、谁可以下达指令或对谁开放，不能通过协议更改。',
    remedy: '请在本机上更改：`moltbot config set {{key}} …`。',
  },
  CONFIG_REFERENCE_LOCAL: {
    what: '配置未作更改。',
    why: '`{{key}}` 会显示 `{{name}}` 的内容，其中可能有密钥；不能通过协议加入新的引用。',
    remedy: '请直接填写文字，或在本机上更改：`moltbot config set {{key}} …`。',
  },
  CONFIG_SIGN_STRAY: {
    what: '配置未作更改。',
    why: '`{{key}}` 中是隐藏密钥的标记，但没有它所代表的密钥。',
    remedy: '请去掉该项，或以 `${NAME}` 引用密钥。',
  },
}
