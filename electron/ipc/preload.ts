import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'
import { type WindowBridge, windowBridgeName, windowChannels } from '../../shared/window-bridge.ts'

const bridge: WindowBridge = {
  async call(call, args) {
    try {
      return await ipcRenderer.invoke(windowChannels.call, call, args)
    } catch {
      // Main no longer answers, or the arguments cannot be sent: an Error would lose its fields on the way.
      return { ok: false, code: 'CONNECTION_LOST', params: {} }
    }
  },
  subscribe(listener) {
    // The event itself would hand the page a way to Electron.
    const receive = (_event: IpcRendererEvent, name: string, payload: unknown) => listener(name, payload)
    ipcRenderer.on(windowChannels.event, receive)
    ipcRenderer.send(windowChannels.subscribe)
    return () => {
      ipcRenderer.off(windowChannels.event, receive)
    }
  },
}

contextBridge.exposeInMainWorld(windowBridgeName, bridge)
