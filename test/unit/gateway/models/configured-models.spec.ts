import { describe, expect, it } from 'vitest'
import { configuredModels } from '../../../../gateway/models/configured-models.ts'
import { defaultModel } from '../../../../gateway/models/model-ref.ts'

describe('the models', () => {
  it('are those that the configuration names, each once', () => {
    const config = {
      models: {
        providers: {
          'Z.AI': {
            apiKey: 'c4nary-key',
            models: [
              { id: 'glm', name: 'GLM', contextWindow: 9, reasoning: true, secret: 'c4nary' },
              { name: 'no id' },
            ],
          },
        },
      },
      agents: {
        defaults: {
          model: { primary: 'anthropic/opus', fallbacks: ['openai/gpt-5'] },
          models: { 'openai/gpt-5': { alias: 'Five' } },
        },
        list: [
          { id: 'a', model: 'zai/glm' },
          { id: 'b', model: 'acme/b' },
        ],
      },
    }
    const models = configuredModels(config)
    expect(models).toEqual([
      { id: 'b', name: 'b', provider: 'acme' },
      { id: 'opus', name: 'opus', provider: 'anthropic' },
      { id: 'gpt-5', name: 'Five', provider: 'openai' },
      { id: 'glm', name: 'GLM', provider: 'zai', contextWindow: 9, reasoning: true },
    ])
    expect(JSON.stringify(models)).not.toContain('c4nary')
  })

  it('without any, are the one that Moltbot takes', () => {
    expect(configuredModels({ models: 'x', agents: [] })).toEqual([
      { id: 'claude-opus-4-5', name: 'claude-opus-4-5', provider: 'anthropic' },
    ])
  })

  it.each([
    ['openai/gpt-5', { provider: 'openai', model: 'gpt-5' }],
    ['opus', { provider: 'anthropic', model: 'opus' }],
    ['fast', { provider: 'acme', model: 'x/y' }],
    ['z-ai/glm', { provider: 'zai', model: 'glm' }],
  ])('%j is the model %j', (model, ref) => {
    expect(
      defaultModel({ agents: { defaults: { model, models: { 'acme/x/y': { alias: 'Fast' } } } } }),
    ).toEqual(ref)
  })
})
