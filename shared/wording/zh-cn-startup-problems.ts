import type { StartupProblemParams } from '../startup-problems.ts'
import type { ProblemText } from './en-problems.ts'

export const zhCnStartupProblems: Record<keyof StartupProblemParams, ProblemText> = {
  LOGIN_ITEM_NOT_WRITTEN: {
    what: '登录时启动的设置没有更改。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请移走该处的文件，或确认您可以写入该文件夹，然后重试。',
  },
  LOGIN_ITEM_FOREIGN: {
    what: '启动项的位置上已有另一个条目。',
    why: '`{{path}}` 由另一份 Moltbot 或别的程序写入，或被人改动过，它运行的是 `{{runs}}`。',
    remedy: '可以保留它，也可以替换它；原条目会保存在旁边。',
  },
  LOGIN_ITEM_UNSUPPORTED: {
    what: '这里无法设置登录时启动。',
    why: '`{{detail}}`。',
    remedy: '请把 Moltbot Desktop 安装到别处，或将网关设为系统服务：`moltbot service install`。',
  },
  LOGIN_ITEM_NEEDS_APPROVAL: {
    what: '登录时启动正在等待您的许可。',
    why: '程序在登录时启动之前，macOS 会先征求用户同意。',
    remedy: '请在“系统设置”的“通用”→“登录项”中允许 Moltbot。',
  },
  SERVICE_NO_MANAGER: {
    what: '这里没有可以把网关作为服务运行的服务管理器。',
    why: '`{{detail}}`。',
    remedy: '请登录到自己的会话（不要经由 `su` 或 `sudo`）。没有会话时，可由 `moltbot host` 运行网关。',
  },
  SERVICE_FILE_NOT_WRITTEN: {
    what: '网关服务没有更改。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请移走该处的文件，或确认您可以写入该文件夹，然后重试。',
  },
  SERVICE_FILE_FOREIGN: {
    what: '服务文件属于别的程序。',
    why: '`{{path}}` 不是由这里写入的，它运行的是 `{{runs}}`。',
    remedy: '可以保留它，也可以替换它；原文件会保存在旁边。使用命令时请加上 `--replace`。',
  },
  SERVICE_FILE_EDITED: {
    what: '服务文件被改动过。',
    why: '写入之后，有人修改了 `{{path}}`。',
    remedy: '可以保留它，也可以替换它；改动过的文件会保存在旁边。使用命令时请加上 `--replace`。',
  },
  SERVICE_FILE_UNREADABLE: {
    what: '无法读取服务文件。',
    why: '`{{path}}`：`{{detail}}`。',
    remedy: '请移走该文件，或确认您可以读取它，然后重新检查。',
  },
  SERVICE_NOT_INSTALLED: {
    what: '网关还没有设为系统服务。',
    why: '没有 `{{path}}` 这个文件。',
    remedy: '请在设置中安装，或运行 `moltbot service install`。',
  },
  SERVICE_MANAGER_FAILED: {
    what: '{{manager}} 没有完成所要求的操作。',
    why: '`{{command}}`：`{{detail}}`。',
    remedy: '请在终端运行该命令查看详情，然后重试。',
  },
  SERVICE_PROGRAM_VANISHES: {
    what: '网关没有设为系统服务。',
    why: 'Moltbot 运行在 AppImage 中，一退出，`{{program}}` 就不存在了。',
    remedy: '请安装 deb 软件包，或改用登录时启动。',
  },
  SERVICE_BUILT_IN_ONLY: {
    what: '网关没有设为系统服务。',
    why: '正在使用的网关是 npm 软件包：`{{program}}`。这里只能安装 Moltbot Desktop 自带的网关。',
    remedy: '请在“更新”页面切换到自带的网关，或用该软件包自己的命令安装服务。',
  },
  SERVICE_SEALED_FILE: {
    what: '网关没有设为系统服务。',
    why: '密钥保存在加密文件中，而没有人能为服务输入口令。',
    remedy: '请先改用钥匙串或明文文件保存密钥：`moltbot secrets store env-file`。',
  },
  SERVICE_NOT_WELL: {
    what: '网关作为服务未能正常运行，一切已恢复原状。',
    why: '`{{unit}}`：{{detail}}。',
    remedy: '请查看日志，处理其中指出的问题，然后重试。',
  },
  SERVICE_KEYCHAIN_AT_BOOT: {
    what: '开机时网关无法读取密钥。',
    why: '您的服务在登录之前就会运行，而密钥保存在钥匙串中，登录后才会解锁。',
    remedy:
      '请改用明文文件保存密钥：`moltbot secrets store env-file`；或取消开机运行：`loginctl disable-linger`。',
  },
}
