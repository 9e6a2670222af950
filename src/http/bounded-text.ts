const BOUND = 64 * 1024

/** The start of a body as text: at most 64 KiB, the rest is not fetched. A body that breaks off gives what came. */
export async function boundedText(response: Response): Promise<string> {
  if (!response.body) return ''
  const reader = response.body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  let left = BOUND
  try {
    while (left > 0) {
      const { done, value } = await reader.read()
      if (done) return text + decoder.decode()
      text += decoder.decode(value.subarray(0, left), { stream: true })
      left -= value.byteLength
    }
    await reader.cancel()
  } catch {
    // What is missing from the text of an error must not hide the error.
  }
  return text
}
