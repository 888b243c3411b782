import type { InstallationProblemParams } from '../installation-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const zhCnInstallationProblems: Record<keyof InstallationProblemParams, ProblemText> = {
  COMPLETION_FOREIGN: {
    what: '未安装命令补全。',
    why: '`{{path}}` 处已有并非由本程序写入的内容。',
    remedy: '请将其移走后重试，或换一种方式读取：`moltbot completion {{shell}}`。',
  },
  COMPLETION_NOT_WRITTEN: {
    what: '未安装命令补全。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请让当前用户有权写入该处，并确认磁盘有空间，然后重试。',
  },
  CLI_NO_LAUNCHER: {
    what: '没有可供链接的命令。',
    why: '{{detail}}。',
    remedy: '在代码仓库中请运行 `npm run build`；使用 AppImage 时，请先启动一次应用。',
  },
  CLI_LINK_FOREIGN: {
    what: '未创建链接。',
    why: '`{{path}}` 处已有其他内容：{{what}}。',
    remedy: '请用 `--to` 选择其他目录，或用 `--force` 替换：原有内容会以 `.bak` 保留在旁边。',
  },
  CLI_LINK_NOT_WRITTEN: {
    what: '未创建链接。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请用 `--to` 选择其他目录，或让当前用户有权写入该目录。',
  },
  UNINSTALL_JOB_RUNS: {
    what: '未移除任何内容。',
    why: '有任务正在进行：{{job}}。',
    remedy: '请等待其结束或取消它，然后重试。',
  },
  UNINSTALL_COMMAND_RUNS: {
    what: '未移除任何内容。',
    why: '另一条命令正在处理状态数据（进程 {{pid}}）。',
    remedy: '请等待其结束，然后重试。',
  },
  UNINSTALL_HOST_STAYS: {
    what: '未移除任何内容。',
    why: '已请求正在运行的主机（进程 {{pid}}）退出，但它在 {{seconds}} 秒内没有退出。',
    remedy: '请自行退出 Moltbot，然后重试。',
  },
  UNINSTALL_FROM_TERMINAL: {
    what: '未移除任何内容。',
    why: '此终端属于 Moltbot Desktop，会在移除过程中随之结束。',
    remedy: '请在其他终端中运行同一命令。',
  },
  UNINSTALL_STATE_IN_USE: {
    what: '未移除任何内容。',
    why: '在别处启动的网关正在使用 `{{path}}`：{{program}}，进程 {{pid}}。',
    remedy: '请在启动它的地方将其停止，然后重试；或去掉 `--state`。',
  },
  UNINSTALL_HOST_DIR_UNSAFE: {
    what: '未移除任何内容。',
    why: '`MOLTBOT_HOST_DIR` 指向 `{{path}}`，无法确认它是主机的目录：{{detail}}。',
    remedy: '请将其设为您的主机所用的目录，或取消设置，然后重试。',
  },
  UNINSTALL_STATE_UNSAFE: {
    what: '未移除任何内容。',
    why: '无法确认 `{{path}}` 仅为 Moltbot 的状态目录：{{detail}}。',
    remedy: '请查看其中的内容并自行移除；或去掉 `--state`。',
  },
}
