import type { BackupProblemParams } from '../backup-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const zhCnBackupProblems: Record<keyof BackupProblemParams, ProblemText> = {
  JOB_BUSY: {
    what: '任务没有开始。',
    why: '另一项任务（`{{kind}}`）正在进行，同一时间只能有一项任务处理状态目录。',
    remedy: '请等它结束，或取消它，然后重试。',
  },
  JOB_CANCELLED: {
    what: '任务已取消。',
    why: '它按要求停止，没有留下任何痕迹。',
    remedy: '随时可以重新开始。',
  },
  BACKUP_FOLDER_MISSING: {
    what: '没有生成备份。',
    why: '备份目录 `{{path}}` 不存在。',
    remedy: '请接上它所在的磁盘、创建该目录，或另选一个备份目录。',
  },
  BACKUP_FOLDER_UNUSABLE: {
    what: '备份目录无法使用。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请让当前用户有权写入，或另选一个备份目录。',
  },
  BACKUP_NO_SPACE: {
    what: '空间不足，任务没有开始。',
    why: '`{{path}}` 剩余 {{limitBytes}}，需要 {{bytes}}。',
    remedy: '请腾出该磁盘的空间，或改用其他磁盘上的目录，然后重试。',
  },
  BACKUP_WRITE_FAILED: {
    what: '备份没有完成。',
    why: '无法写入 `{{path}}`：`{{detail}}`。已写入的部分已经清除。',
    remedy: '请确认磁盘已接好、有空间且可以写入，然后重试。',
  },
  BACKUP_STATE_UNREADABLE: {
    what: '无法读取网关的状态。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请让当前用户有权读取，然后重试。',
  },
  BACKUP_NOTHING_THERE: {
    what: '没有可备份的内容。',
    why: '`{{path}}` 中没有网关的状态。',
    remedy: '请先启动一次网关，或用 `MOLTBOT_STATE_DIR` 指定正确的状态目录。',
  },
  BACKUP_RECIPIENT_INVALID: {
    what: '这不是 age 接收者公钥。',
    why: '无法识别 `{{recipient}}`：可能不完整、有误，或属于其他类型。',
    remedy: '请重新完整复制。公钥以 `age1` 开头，可用 `age-keygen -y` 查看某个密钥对应的公钥。',
  },
  BACKUP_PASSPHRASE_WEAK: {
    what: '这个口令太弱，不能用于备份。',
    why: '拿到备份文件的人可以无限次尝试口令：`{{detail}}`。',
    remedy: '请换一个更长的口令，例如五个互不相关的词。',
  },
  BACKUP_KEY_ELSEWHERE: {
    what: '这台机器无法自行打开备份。',
    why: '对应的密钥没有保存在这里：`{{detail}}`。',
    remedy: '请提供恢复单、其他 age 密钥文件，或生成备份时所用的口令。',
  },
  BACKUP_KEY_UNREADABLE: {
    what: '无法读取备份密钥。',
    why: '保存位置返回：`{{detail}}`。',
    remedy: '请解锁密钥存储后重试，或提供恢复单。',
  },
  BACKUP_FILE_MISSING: {
    what: '找不到备份文件。',
    why: '文件 `{{path}}` 不存在。',
    remedy: '请核对文件名，并接上它所在的磁盘。',
  },
  BACKUP_FILE_UNREADABLE: {
    what: '无法打开备份文件。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请让当前用户有权读取，并确认磁盘正常。',
  },
  BACKUP_FOREIGN_FILE: {
    what: '这个文件不是备份。',
    why: '`{{path}}` 既不是 age 文件，也不是 `.tar.gz`。没有改动任何内容。',
    remedy: '请选择由 `moltbot backup create` 或手册中的脚本生成的文件。',
  },
  BACKUP_WRONG_KEY: {
    what: '这个密钥打不开该备份。',
    why: '`{{path}}` 是用另一个密钥加密的。',
    remedy: '请提供生成该备份的机器的恢复单，其公钥写在恢复单中。',
  },
  BACKUP_WRONG_PASSPHRASE: {
    what: '这个口令打不开该备份。',
    why: '`{{path}}` 是用另一个口令生成的。',
    remedy: '请重试，并留意大小写、空格和输入法。',
  },
  BACKUP_IDENTITY_INVALID: {
    what: '这不是 age 密钥文件。',
    why: '`{{detail}}`。',
    remedy: '请提供恢复单，或含有以 `AGE-SECRET-KEY-` 开头的一行的文件。',
  },
  BACKUP_DAMAGED: {
    what: '备份已损坏。',
    why: '`{{path}}` 与写入时不同：`{{detail}}`。没有改动任何内容。',
    remedy: '请改用更早的备份或该备份的其他副本，并检查存放它的磁盘。',
  },
  BACKUP_FUTURE_FORMAT: {
    what: '该备份由更新版本的 Moltbot Desktop 生成。',
    why: '`{{path}}` 的格式版本为 {{format}}，当前版本最高支持 {{limit}}。没有改动任何内容。',
    remedy: '请更新 Moltbot Desktop，然后重试。',
  },
  BACKUP_REFUSED: {
    what: '为保护数据，拒绝了该备份。',
    why: '`{{path}}` 中的 `{{entry}}`：`{{detail}}`。没有改动任何内容。',
    remedy: '除非清楚是谁制作的，否则请不要使用该文件，请改用其他备份。',
  },
  BACKUP_NOT_OURS: {
    what: '没有删除该文件。',
    why: '`{{name}}` 不是备份目录中的备份。',
    remedy: '请从列表中选择，或自行删除该文件。',
  },
  BACKUP_NOT_DELETED: {
    what: '没有删除备份。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请让当前用户有权写入该目录，然后重试。',
  },
  SHEET_NOT_WRITTEN: {
    what: '没有保存恢复单。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请选择有权写入且有空间的目录。',
  },
  SHEET_EXISTS: {
    what: '没有保存恢复单。',
    why: '`{{path}}` 已存在，未作改动。',
    remedy: '请换一个文件名。',
  },
  SHEET_NO_KEY: {
    what: '没有可保存的恢复单。',
    why: '没有使用这台机器自己的密钥：`{{detail}}`。',
    remedy: '请改为妥善保管口令，或您自己的 age 密钥。',
  },
  RESTORE_GATEWAY_NOT_OURS: {
    what: '没有恢复任何内容。',
    why: '有一个不是从这里启动的网关正在使用该状态：{{program}}（PID {{pid}}）。',
    remedy: '请自行停止该网关，然后重新恢复。',
  },
  RESTORE_FAILED: {
    what: '恢复没有完成。',
    why: '`{{detail}}`。原来的状态仍在原处，另存的内容位于 `{{keptAt}}`。',
    remedy: '请先排除原因，然后重新恢复。',
  },
  RESTORE_UNDONE: {
    what: '恢复已撤销。',
    why: '网关使用恢复的状态后运行不正常：`{{reason}}`。原来的状态已经放回。',
    remedy: '请查看网关的日志，并尝试其他备份。',
  },
  RESTORE_INTERRUPTED: {
    what: '一次恢复被中断，既无法完成，也无法撤销。',
    why: '`{{path}}`：`{{detail}}`。没有删除任何内容。',
    remedy: '请先排除原因，再重新启动 Moltbot Desktop：它会在启动网关之前再试一次。',
  },
}
