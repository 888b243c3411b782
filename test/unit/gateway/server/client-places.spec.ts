import { expect, it } from 'vitest'
import type { ClientConnection } from '../../../../gateway/server/client-connection.ts'
import { createClientPlaces } from '../../../../gateway/server/client-places.ts'

function connection(ended: string[] = [], name = ''): ClientConnection {
  return {
    sendEvent: () => {},
    knownPresence: () => null,
    sendPresence: () => {},
    checkAlive: () => {},
    end: (reason) => void ended.push(`${name} ${reason}`),
    close: () => {},
    terminate: () => {},
  }
}

it('2,048 proven clients have a place, and one more when one leaves', () => {
  const places = createClientPlaces()
  const clients = Array.from({ length: 2_048 }, () => connection())
  for (const client of clients) expect(places.prove(client)).toBe(true)
  const late = connection()
  expect(places.prove(late)).toBe(false)
  const [first] = clients
  if (first) places.leave(first)
  expect(places.prove(late)).toBe(true)
})

it('one address of another machine has 16 that are not proven; its oldest goes, and no other’s', () => {
  const ended: string[] = []
  const places = createClientPlaces()
  const enter = (name: string, from: string, isLoopback = false) =>
    places.enter(connection(ended, name), { from, isLoopback })
  enter('neighbour', '203.0.113.8')
  for (let count = 0; count < 30; count += 1) enter(`here ${count}`, '127.0.0.1', true)
  for (let count = 0; count < 16; count += 1) enter(`far ${count}`, '203.0.113.7')
  expect(ended).toEqual([])
  enter('far 16', '203.0.113.7')
  enter('far 17', '203.0.113.7')
  expect(ended).toEqual(['far 0 too_many_unproven', 'far 1 too_many_unproven'])
  expect(places.count()).toBe(47)
})
