/**
 * The text of a recovery sheet: all that is needed besides a backup file to have the state on another
 * machine. It is an age identity file as well, since all its words are comments.
 * `createdAt`: wall clock, ms since 1970.
 */
export function sheetText(sheet: {
  readonly identity: string
  readonly recipient: string
  readonly machine: string
  readonly createdAt: number
}): string {
  const { identity, recipient } = sheet
  const machine = oneLine(sheet.machine)
  const day = new Date(sheet.createdAt).toISOString().slice(0, 10)
  const words = `
Moltbot Desktop: recovery sheet                                 ${day}
====================================================================

Machine:    ${machine}
Public key: ${recipient}

WHAT THIS IS
With this sheet and one backup file (moltbot-….tar.gz.age) the state of
your gateway comes back on any machine. Without it, and without that
machine, the backups cannot be read by anybody.

Whoever has this sheet can read every backup made for this key, with all
passwords in it. Print it, or keep it where you keep such things: not
beside the backups, and not on the machine they are of.

ON A NEW MACHINE
1. Install Moltbot Desktop and start it (npm start).
2. Copy this file and a backup file to the machine.
3. See whether the backup is whole (FILE is the backup, SHEET this file):
     moltbot backup verify FILE --identity SHEET
4. Put the state in place. What is there now is kept beside it:
     moltbot backup restore FILE --identity SHEET
5. See that the gateway runs and is well:
     moltbot service start
     moltbot health
6. Delete the copy of this sheet from the machine.

WITHOUT MOLTBOT
Any machine that has age (https://age-encryption.org) and tar can read it:
     age -d -i SHEET FILE | tar xz
The state is then in the folder state/, the secrets in secrets.json.

--------------------------------------------------------------------

Moltbot Desktop 恢复单

机器：${machine}
公钥：${recipient}

这是什么
有了这份恢复单和任意一个备份文件（moltbot-….tar.gz.age），就能在任何机器
上找回网关的状态。如果机器丢失而又没有恢复单，任何人都无法读取备份。

任何人拿到这份恢复单，都能读取用该密钥生成的全部备份，包括其中的所有密码。
请打印出来，或保存在您放置此类物品的地方：不要与备份放在一起，也不要留在
原来的机器上。

在新机器上
1. 安装 Moltbot Desktop 并启动（npm start）。
2. 把本文件和一个备份文件复制到这台机器上。
3. 检查备份是否完整（FILE 为备份文件，SHEET 为本文件）：
     moltbot backup verify FILE --identity SHEET
4. 恢复状态，现有的内容会另行保留：
     moltbot backup restore FILE --identity SHEET
5. 确认网关已运行且状况良好：
     moltbot service start
     moltbot health
6. 从这台机器上删除恢复单的副本。

没有 Moltbot 时
任何装有 age（https://age-encryption.org）和 tar 的机器都能读取备份：
     age -d -i SHEET FILE | tar xz
状态位于 state/ 目录，密钥位于 secrets.json。

--------------------------------------------------------------------
The key. 密钥如下：
`
  const comments = words.trim().split('\n')
  return `${comments.map((line) => (line === '' ? '#' : `# ${line}`)).join('\n')}\n${identity.trim()}\n`
}

/** A machine may be called anything; a line of its own would be no comment. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').slice(0, 100)
}
