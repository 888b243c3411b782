export const zhCnRound = {
  title: '日常检查',
  backup: '备份',
  checks: '体检',
  updates: '更新',
  notChecked: 'Moltbot Desktop 启动后还没有检查过',
  noTrouble: '没有发现问题，{{ago}}',
  trouble_other: '有 {{count, number}} 项需要处理，{{ago}}',
  notLooked: '还没有查找过',
  builtIn: '网关随 Moltbot Desktop 一同提供',
  lookFailed: '无法查找',
  upToDate: '没有更新的版本，{{ago}}',
  offered: '有新版本 {{version}}',
}
