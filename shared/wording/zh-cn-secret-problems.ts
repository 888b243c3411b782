import type { SecretProblemParams } from '../secret-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const zhCnSecretProblems: Record<keyof SecretProblemParams, ProblemText> = {
  KEYCHAIN_ABSENT: {
    what: '当前会话中没有钥匙串。',
    why: '缺少 `{{detail}}`。',
    remedy: '请登录带有钥匙串的桌面，或改用加密文件保存密钥：`moltbot secrets store sealed-file`。',
  },
  KEYCHAIN_LOCKED: {
    what: '钥匙串已锁定。',
    why: '钥匙串需要密码，但没有人输入。',
    remedy: '请先解锁（Linux 用“密码和密钥”，macOS 用“钥匙串访问”），然后重试。',
  },
  KEYCHAIN_DENIED: {
    what: '钥匙串拒绝了本程序。',
    why: '`{{detail}}`。',
    remedy: '请重试，并在询问时选择允许；也可以在钥匙串的设置中允许本程序。',
  },
  KEYCHAIN_WAITING: {
    what: '钥匙串尚未应答。',
    why: '已等待 {{seconds}} 秒，它可能正在屏幕上询问密码。',
    remedy: '请找到它的窗口并作答。等待期间，其他功能不受影响。',
  },
  KEYCHAIN_FAILED: {
    what: '钥匙串无法使用。',
    why: '`{{detail}}`。',
    remedy: '请重试。如果情况依旧，请注销后重新登录，或改用加密文件保存密钥。',
  },
  SEALED_FILE_LOCKED: {
    what: '加密文件已锁定。',
    why: 'Moltbot Desktop 启动以来，还没有人输入 `{{path}}` 的口令。',
    remedy: '请在这里输入口令，或运行 `moltbot secrets unlock`。',
  },
  SEALED_FILE_WRONG_PASSPHRASE: {
    what: '口令不正确。',
    why: '这个口令打不开 `{{path}}`。',
    remedy: '请重新输入，注意区分大小写和空格。',
  },
  SEALED_FILE_UNREADABLE: {
    what: '无法读取加密文件。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请从备份中找回该文件；或把它移走，重新选择保存位置，再设置各个密钥。',
  },
  SECRET_NAME_INVALID: {
    what: '密钥名称无效。',
    why: '名称只能由大写字母、数字和下划线组成，不能以数字开头，最多 64 个字符。',
    remedy: '请使用类似 `ANTHROPIC_API_KEY` 的名称；密钥的值另行输入。',
  },
  SECRET_TOO_SHORT: {
    what: '`{{name}}` 的值太短。',
    why: '至少需要 {{least}} 个字符，才不会被人猜中，也才能在日志中遮盖。',
    remedy: '请确认复制完整，然后重新设置。',
  },
  SECRET_TOO_LONG: {
    what: '`{{name}}` 的值太长。',
    why: '这个值有 {{bytes}}，最多保存 {{limitBytes}}。',
    remedy: '请确认内容正确；较大的内容请存为文件，并在配置中写明文件路径。',
  },
  SECRET_VALUE_INVALID: {
    what: '`{{name}}` 的值无法保存。',
    why: '其中有不该出现的字符：`{{detail}}`。',
    remedy: '请以纯文本重新复制，然后重新设置。',
  },
  SECRET_UNKNOWN: {
    what: '没有这个密钥。',
    why: '保存位置和 `.env` 文件中都没有 `{{name}}`。',
    remedy: '请查看现有的密钥：`moltbot secrets list`。',
  },
  SECRET_FROM_ENVIRONMENT: {
    what: '密钥没有更改。',
    why: '启动 Moltbot Desktop 的环境变量已经给出 `{{name}}`，它优先于任何保存位置。',
    remedy: '请在设置该变量的地方修改或删除它，然后重新启动 Moltbot Desktop。',
  },
  SECRET_FROM_CONFIG: {
    what: '密钥没有更改。',
    why: '配置文件 `{{path}}` 中直接写明了 `{{name}}` 的值，它优先于任何保存位置。',
    remedy: '请在该处改为引用（美元符号，后接花括号括起的名称），然后重试。',
  },
  SECRET_MISSING: {
    what: '缺少密钥。',
    why: '`{{usedBy}}` 需要 `{{name}}`，但哪里都没有。',
    remedy: '请在这里设置，或运行 `moltbot secrets set {{name}}`。',
  },
  SECRET_NOT_WRITTEN: {
    what: '密钥没有更改。',
    why: '`{{name}}` 写入后读回的内容与写入的不一致：`{{detail}}`。',
    remedy: '请重试。原有的内容没有删除。',
  },
  ENV_FILE_NOT_WRITTEN: {
    what: '密钥没有更改。',
    why: '无法写入 `{{path}}`：`{{detail}}`。',
    remedy: '请腾出磁盘空间，或为自己加上该文件的写权限，然后重试。',
  },
  ENV_FILE_CANNOT_HOLD: {
    what: '密钥没有更改。',
    why: '`{{name}}` 的值混用了引号或换行，无法写进 `{{path}}`。',
    remedy: '请改用钥匙串或加密文件，它们可以保存任何文本。',
  },
  SECRET_STAYS_IN_ENV_FILE: {
    what: '密钥没有移动。',
    why: '您选择的保存位置就是 `{{path}}`，`{{name}}` 本来就该在那里。',
    remedy: '请先把保存位置改为钥匙串或加密文件，届时所有密钥会一并移走。',
  },
  PASSPHRASE_NEEDED: {
    what: '加密文件需要口令。',
    why: '没有口令，任何拿到该文件的人都能读取。',
    remedy: '请设置只有您知道的口令，例如五个互不相关的词，并保存在您找得到的地方。',
  },
}
